/** The jobs that a session has shown, beside those of the job book: shared by the shell and the script helpers. */
@NullMarked
package dev.ftj.internal.memory;

import org.jspecify.annotations.NullMarked;
