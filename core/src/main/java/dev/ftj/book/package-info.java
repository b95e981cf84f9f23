/**
 * The job book: which jobs were saved, under which names, and which were seen last, per endpoint, on this machine.
 *
 * <p>A short tour: {@link dev.ftj.book.JobBook} is what users hold. A {@code BookFile} keeps its {@code Line}s (JSON, one
 * object a line) on disk under a {@code BookLock}; a {@code Shelf} is what they amount to; {@code CompletionList} is the
 * plain extract that completion scripts read. {@link dev.ftj.book.References} tells what {@code @last} and {@code @NAME}
 * mean, {@link dev.ftj.book.Places} where the files are, and {@link dev.ftj.book.PrivateFiles} makes files that only
 * their owner reads.
 * Ids and names are plain strings here: nothing in this package knows the client.
 */
@NullMarked
package dev.ftj.book;

import org.jspecify.annotations.NullMarked;
