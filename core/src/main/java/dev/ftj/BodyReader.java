package dev.ftj;

import java.io.IOException;
import java.io.InputStream;

/** Reads the body of a success while it arrives, since it may be too long to be held. */
interface BodyReader {
    /**
     * Reads to the end.
     *
     * @throws IOException if the body broke off; an {@link ArrayBodyReader.BrokenOffException} if a part of it was handed
     *     on, so that the request must not be repeated
     * @throws FineTuneException if it is not what was asked for
     */
    void read(InputStream body) throws IOException;

    /** Returns how long the consumer blocked the reading: time that does not count towards the deadline. */
    long backpressureNanos();
}
