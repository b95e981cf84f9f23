/**
 * Tests that run real processes: the launcher, the build that it starts, the release archive, the completion scripts.
 * They need what a Unix user has (sh, tar, bash), and nothing beyond loopback.
 */
@NullMarked
package dev.ftj.scripts;

import org.jspecify.annotations.NullMarked;
