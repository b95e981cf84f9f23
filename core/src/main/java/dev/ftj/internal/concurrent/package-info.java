/** Threads. */
@NullMarked
package dev.ftj.internal.concurrent;

import org.jspecify.annotations.NullMarked;
