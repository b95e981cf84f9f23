package dev.ftj;

import java.io.IOException;
import java.io.InputStream;

/** Reads the body of a success as it comes, where it may be too long to be held. */
interface BodyReader {
    /**
     * Reads to the end.
     *
     * @throws IOException where the body broke off; an {@link ArrayReader.BrokenOffException} where a part of it has been
     *     handed on, so that the request must not be repeated
     * @throws FineTuneException where it is not what was asked for
     */
    void read(InputStream body) throws IOException;

    /** How long it has waited for whoever takes what it read: time that does not count towards the deadline. */
    long heldUpNanos();
}
