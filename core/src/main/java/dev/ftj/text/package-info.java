/**
 * Text that is not ours, on its way to a person. {@link dev.ftj.text.Sanitizer} makes visible what a terminal or a
 * reader would act on; everything that this library shows has passed it.
 */
@NullMarked
package dev.ftj.text;

import org.jspecify.annotations.NullMarked;
