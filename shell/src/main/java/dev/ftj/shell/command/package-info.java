/** A class a command: reads its options, asks core, hands the result to a view. */
@NullMarked
package dev.ftj.shell.command;

import org.jspecify.annotations.NullMarked;
