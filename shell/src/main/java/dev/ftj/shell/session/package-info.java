/**
 * The state kept from one line to the next: the key, the clients, the simulated API, the jobs and lines that are remembered.
 * Knows no command and no prompt.
 */
@NullMarked
package dev.ftj.shell.session;

import org.jspecify.annotations.NullMarked;
