package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.json.BindingMapper;
import dev.ftj.internal.json.InvalidJsonException;
import dev.ftj.internal.json.RawJson;
import org.jspecify.annotations.Nullable;

/** Binds the server's text to a caller's own type, and explains why it cannot. */
final class ObjectBinding {
    private ObjectBinding() {}

    /** @param what the value's name in a message */
    static <T> T bind(RawJson json, Class<T> type, String what) {
        try {
            return BindingMapper.bind(json, type);
        } catch (InvalidJsonException e) {
            throw FineTuneException.of(
                    Kind.UNREADABLE,
                    what + " does not fit " + type.getName() + " (" + e.getMessage() + ")",
                    "Compare the type's fields with json()");
        } catch (LinkageError e) {
            String missing = missingAnnotation(e);
            if (missing == null) {
                throw e;
            }
            FineTuneException failure = FineTuneException.of(
                    Kind.LOCAL,
                    "cannot bind " + what + ": Jackson Databind does not load (" + missing + ")",
                    "Pin com.fasterxml.jackson.core:jackson-annotations to 2.22 in your build: the class path has another"
                            + " version");
            failure.initCause(e);
            throw failure;
        }
    }

    /** Returns what Databind misses of its annotations; null if the caller's own type does not load. */
    private static @Nullable String missingAnnotation(LinkageError e) {
        // See JacksonAssumptionsTest.withoutTheAnnotationsOf221TheFirstBuilderFails.
        String missing = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.replace('/', '.').contains("com.fasterxml.jackson.annotation.")) {
                missing = message;
            }
        }
        return missing;
    }
}
