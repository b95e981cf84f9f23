/**
 * Rich display in notebooks: {@link dev.ftj.notebook.JavaKernelDisplay} is found by the JJava kernel on its class path,
 * and makes a job at the end of a cell a card. Nothing else in this library knows of it, and nothing needs the kernel.
 *
 * <p>Any other kernel shows the same with its own display call, given {@link dev.ftj.FineTuneJob#toHtml()}.
 */
@NullMarked
package dev.ftj.notebook;

import org.jspecify.annotations.NullMarked;
