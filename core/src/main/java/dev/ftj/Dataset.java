package dev.ftj;

import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a job's {@code config.datasets}.
 *
 * @param name the dataset's name; null if the server sent none
 * @param split the API's {@code split}, {@code train} or {@code eval}; null if the server sent none
 * @param fileIds the API's {@code file_ids}: ids or file names, unmodifiable, empty if the server sent none
 * @since 0.1.0
 */
public record Dataset(@Nullable String name, @Nullable String split, List<String> fileIds) {
    /**
     * Keeps a copy of the file ids.
     *
     * @param name the dataset's name, or null
     * @param split the API's {@code split}, or null
     * @param fileIds the API's {@code file_ids}; no element is null
     */
    public Dataset {
        fileIds = List.copyOf(fileIds);
    }

    static Dataset of(RawJson json) {
        List<String> files = new ArrayList<>();
        for (RawJson file : json.elements("file_ids")) {
            files.add(file.shown());
        }
        return new Dataset(json.text("name"), json.text("split"), files);
    }

    /** {@return one line for people, such as {@code training-set (train): file-abc123}, safe to print} */
    @Override
    public String toString() {
        return Sanitizer.oneLine((name == null ? "unnamed" : name)
                + (split == null ? "" : " (" + split + ")")
                + (fileIds.isEmpty() ? "" : ": " + String.join(", ", fileIds)));
    }
}
