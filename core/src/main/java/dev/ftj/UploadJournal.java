package dev.ftj;

import dev.ftj.internal.http.TimeSource;
import dev.ftj.internal.store.UploadCheckpoints;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The state of one upload on this machine. Without it the upload cannot be resumed, but goes on, which is said once. */
final class UploadJournal {
    private final UploadCheckpoints checkpoints;
    private final UploadSource source;
    private final String name;
    private final TimeSource time;
    private final Consumer<String> notes;
    private boolean warned;

    /** @param name the file's, on the server */
    UploadJournal(
            UploadCheckpoints checkpoints, UploadSource source, String name, TimeSource time, Consumer<String> notes) {
        this.checkpoints = checkpoints;
        this.source = source;
        this.name = name;
        this.time = time;
        this.notes = notes;
    }

    private interface Access {
        void run() throws IOException;
    }

    private synchronized void run(Access access) {
        try {
            access.run();
        } catch (IOException e) {
            if (!warned) {
                warned = true;
                notes.accept("the state of the upload cannot be kept, so it cannot be resumed: " + e.getMessage());
            }
        }
    }

    /** Returns the last upload of this file that has not ended; null if there is none. */
    UploadCheckpoints.@Nullable Upload unfinished() {
        UploadCheckpoints.Upload[] found = new UploadCheckpoints.Upload[1];
        run(() -> found[0] = checkpoints.find(source.absolute(), name));
        return found[0];
    }

    void began(String uploadId, String type) {
        String modified = source.modified().toString();
        UploadCheckpoints.Upload upload = new UploadCheckpoints.Upload(
                uploadId, source.absolute(), name, type, source.size(), modified, Map.of());
        run(() -> checkpoints.began(upload, time.now()));
    }

    void stored(String uploadId, String partNumber, String token) {
        run(() -> checkpoints.stored(uploadId, partNumber, token));
    }

    void ended(String uploadId) {
        run(() -> checkpoints.ended(uploadId, time.now()));
    }
}
