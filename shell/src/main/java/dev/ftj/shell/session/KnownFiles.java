package dev.ftj.shell.session;

import dev.ftj.internal.store.SeenFiles;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.view.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one endpoint that were uploaded or listed from here. A disk that fails is a warning. */
public final class KnownFiles {
    private final @Nullable Path directory;
    private final @Nullable SeenFiles seen;
    private final Console console;
    private final List<String> inMemory = new ArrayList<>();

    /**
     * @param directory of the local files; null to keep nothing on disk
     * @param remembers whether ids are kept on disk; the state of unfinished uploads always is
     */
    KnownFiles(@Nullable Path directory, String endpoint, boolean remembers, Console console) {
        this.directory = directory;
        this.seen = directory == null || !remembers ? null : new SeenFiles(directory, endpoint);
        this.console = console;
    }

    /** Returns where the state of unfinished uploads is kept; null for nowhere. */
    public @Nullable Path checkpoints() {
        return directory;
    }

    /** Returns the known ids, the newest first. */
    public List<String> ids() {
        try {
            return seen == null ? List.copyOf(inMemory) : seen.ids();
        } catch (IOException e) {
            return List.of(); // a write reports it
        }
    }

    /** Remembers ids. */
    public void add(Collection<String> ids) {
        if (seen == null) {
            inMemory.addAll(0, ids);
            return;
        }
        try {
            seen.add(ids);
        } catch (IOException e) {
            console.say("ftj: warning: " + Sanitizer.oneLine("file ids are not remembered: " + e.getMessage()));
        }
    }
}
