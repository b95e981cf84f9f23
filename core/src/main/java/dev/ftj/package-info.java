/** The client and its model. */
@NullMarked
package dev.ftj;

import org.jspecify.annotations.NullMarked;
