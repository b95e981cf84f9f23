package dev.ftj;

import dev.ftj.internal.store.LocalDirectories;
import dev.ftj.internal.store.UploadCheckpoints;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a file is uploaded; see {@link FineTuneClient#upload(Path, UploadOptions)}. Not safe for several threads.
 *
 * @since 0.1.0
 */
public final class UploadOptions {
    private static final int MOST_PARTS = 64;
    private static final Pattern CONTENT_TYPE = Pattern.compile("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+( *; *[!-~]+)*");

    private @Nullable String name;
    private @Nullable String type;
    private int partsAtOnce = 4;
    private boolean resume;
    private @Nullable Path checkpoints;
    private Listener listener = new Listener() {};

    /**
     * Receives what happens during an upload, on several threads, one at a time. An exception that it throws ends the
     * upload, and is thrown by it.
     */
    public interface Listener {
        /**
         * Bytes were handed to the network. A part that is sent again counts again from its start.
         *
         * @param sent the bytes so far, those of a resumed upload included
         * @param total the size of the file
         */
        default void progress(long sent, long total) {}

        /**
         * Something happened that the user should know, such as that an upload could not be resumed.
         *
         * @param message one clause, not sanitized
         */
        default void note(String message) {}
    }

    /** Creates the options of an upload that is not resumed. */
    public UploadOptions() {}

    /**
     * Sets the name on the server, which becomes the file's id.
     *
     * @param fileName in place of the file's own name
     * @return this
     */
    public UploadOptions name(String fileName) {
        name = fileName;
        return this;
    }

    /**
     * Sets the content type.
     *
     * @param contentType in place of the one that the name's extension stands for
     * @return this
     */
    public UploadOptions type(String contentType) {
        type = contentType;
        return this;
    }

    /**
     * Sets how many parts are sent at once.
     *
     * @param count 1 to 64 (default: 4)
     * @return this
     * @throws IllegalArgumentException for any other number
     */
    public UploadOptions partsAtOnce(int count) {
        if (count < 1 || count > MOST_PARTS) {
            throw new IllegalArgumentException("parts at once: 1 to 64, not " + count);
        }
        partsAtOnce = count;
        return this;
    }

    /**
     * Sets whether an unfinished upload of the same file is taken up again, and whether this one can be: it is then not
     * aborted on the server if it fails or is cancelled.
     *
     * @param goOn false by default
     * @return this
     */
    public UploadOptions resume(boolean goOn) {
        resume = goOn;
        return this;
    }

    /**
     * Sets where the state of unfinished uploads is kept.
     *
     * @param directory of the user's own; created if it is missing. By default none is kept, or with
     *     {@link #resume(boolean)} it is kept in the directory of {@code ftj} ({@code FTJ_HOME}, XDG)
     * @return this
     */
    public UploadOptions checkpoints(Path directory) {
        checkpoints = directory;
        return this;
    }

    /**
     * Sets a listener for the progress.
     *
     * @param receiver called from several threads, one at a time
     * @return this
     */
    public UploadOptions listener(Listener receiver) {
        listener = receiver;
        return this;
    }

    @Nullable
    String name() {
        return name;
    }

    @Nullable
    String type() {
        return type;
    }

    /** Returns the content type of a file, checked. */
    String typeFor(String fileName) {
        String chosen = type == null ? ContentTypes.of(fileName) : type;
        if (!CONTENT_TYPE.matcher(chosen).matches()) {
            throw FineTuneException.of(
                    FineTuneException.Kind.USAGE,
                    "not a content type: " + (chosen.isEmpty() ? "\"\"" : chosen),
                    "Write one such as text/csv");
        }
        return chosen;
    }

    int partsAtOnce() {
        return partsAtOnce;
    }

    boolean resume() {
        return resume;
    }

    @Nullable
    Path checkpoints() {
        return checkpoints;
    }

    Listener listener() {
        return listener;
    }

    /** Returns where this upload notes its progress, so that it can be resumed. */
    UploadCheckpoints openCheckpoints(Map<String, String> environment, Endpoint endpoint) {
        Path directory = checkpoints();
        if (directory == null && resume()) {
            directory = LocalDirectories.of(environment).data();
        }
        return directory == null ? UploadCheckpoints.none() : UploadCheckpoints.open(directory, endpoint.toString());
    }
}
