/** The completion scripts for the shells that ftj is called from. */
@NullMarked
package dev.ftj.shell.completion;

import org.jspecify.annotations.NullMarked;
