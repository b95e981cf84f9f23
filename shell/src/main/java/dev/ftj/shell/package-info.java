/** The Spring Shell front end: wiring, session, and the two ways to run a line. */
@NullMarked
package dev.ftj.shell;

import org.jspecify.annotations.NullMarked;
