/** Reads JSON; the only package that uses Jackson. */
@NullMarked
package dev.ftj.internal.json;

import org.jspecify.annotations.NullMarked;
