/** Judges the structure of datasets before they are uploaded: offline, in one pass, in bounded memory. */
@NullMarked
package dev.ftj.internal.dataset;

import org.jspecify.annotations.NullMarked;
