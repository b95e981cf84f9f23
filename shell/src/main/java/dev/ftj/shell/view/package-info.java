/** Views of records, lists and errors. Only this package knows colours and widths; it knows nothing of HTTP. */
@NullMarked
package dev.ftj.shell.view;

import org.jspecify.annotations.NullMarked;
