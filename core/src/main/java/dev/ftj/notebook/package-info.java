/**
 * HTML output in the JJava kernel, which finds {@link dev.ftj.notebook.JavaKernelDisplay} on its class path. No other
 * class uses it, and the library works without the kernel. The Kotlin kernel has an integration of its own, which needs
 * no public class.
 *
 * <p>In any other kernel, pass {@link dev.ftj.FineTuneJob#toHtml()} to its display function.
 */
@NullMarked
package dev.ftj.notebook;

import org.jspecify.annotations.NullMarked;
