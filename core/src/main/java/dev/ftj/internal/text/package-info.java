/**
 * Text for people. {@link dev.ftj.internal.text.Sanitizer} makes visible what a terminal or a reader would act on: everything that
 * is not ours has passed it before it is shown.
 */
@NullMarked
package dev.ftj.internal.text;

import org.jspecify.annotations.NullMarked;
