/**
 * What is between this machine and an answer of the API, looked at piece by piece. Knows no command and no view.
 */
@NullMarked
package dev.ftj.shell.doctor;

import org.jspecify.annotations.NullMarked;
