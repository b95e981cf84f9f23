/** How a record, a list and an error look: the only place that knows colour and width, and no place for HTTP. */
@NullMarked
package dev.ftj.shell.view;

import org.jspecify.annotations.NullMarked;
