/**
 * Checks of the connection to the API, step by step. Depends on no command and no view.
 */
@NullMarked
package dev.ftj.shell.doctor;

import org.jspecify.annotations.NullMarked;
