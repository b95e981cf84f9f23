/** What a call costs inside one warm JVM, beside OkHttp and Jackson used by hand. */
@NullMarked
package dev.ftj.bench;

import org.jspecify.annotations.NullMarked;
