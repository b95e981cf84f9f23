/**
 * Text for people. {@link dev.ftj.text.Sanitizer} makes visible what a terminal or a reader would act on: everything that
 * is not ours has passed it before it is shown.
 */
@NullMarked
package dev.ftj.text;

import org.jspecify.annotations.NullMarked;
