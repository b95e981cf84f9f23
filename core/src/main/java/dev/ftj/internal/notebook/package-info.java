/** HTML for notebook kernels, and the integration class that the Kotlin kernel loads. */
@NullMarked
package dev.ftj.internal.notebook;

import org.jspecify.annotations.NullMarked;
