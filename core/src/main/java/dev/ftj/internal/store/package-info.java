/**
 * The job book: which jobs were saved, under which names, and which were seen last, per endpoint, on this machine.
 *
 * <p>Start at {@link dev.ftj.internal.store.JobBook}. It keeps {@code SavedJobs} and {@code SeenJobs}, each in a
 * {@link dev.ftj.internal.store.LockedLines} file of JSON lines ({@code BookLine}). Nothing here knows the client: ids and
 * names are plain strings.
 */
@NullMarked
package dev.ftj.internal.store;

import org.jspecify.annotations.NullMarked;
