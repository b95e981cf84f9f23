package dev.ftj.book;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whom this process runs as. */
final class CurrentUser {
    /** Null where the system does not say. */
    private static final @Nullable Long UID = uid();

    private CurrentUser() {}

    /** @param uid as the {@code unix:uid} attribute of a file gives it */
    static boolean is(Object uid) {
        return UID == null || !(uid instanceof Number number) || number.longValue() == UID;
    }

    private static @Nullable Long uid() {
        try {
            // Linux: no native library to load, which would be felt in a process that lives for half a second.
            if (Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Number number) {
                return number.longValue();
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return askSystem();
        }
        return askSystem();
    }

    private static @Nullable Long askSystem() {
        try {
            return new UnixSystem().getUid();
        } catch (LinkageError e) {
            // Windows, or a run-time image without jdk.security.auth.
            return null;
        }
    }
}
