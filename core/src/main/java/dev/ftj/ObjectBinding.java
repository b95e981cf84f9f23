package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.json.BindingMapper;
import dev.ftj.internal.json.InvalidJsonException;
import dev.ftj.internal.json.RawJson;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Binds the server's text to a caller's own type, and explains why it cannot. */
final class ObjectBinding {
    /** What the JDK says of a package that reflection cannot use. */
    private static final Pattern CLOSED =
            Pattern.compile("module (?!java\\.|jdk\\.)(\\S+) does not \"(?:opens|exports) ([^\" ]+)\" to");

    private ObjectBinding() {}

    /** @param what the value's name in a message */
    static <T> T bind(RawJson json, Class<T> type, String what) {
        try {
            return BindingMapper.bind(json, type);
        } catch (InvalidJsonException e) {
            throw FineTuneException.of(
                    Kind.UNREADABLE,
                    what + " does not fit " + type.getName() + " (" + e.getMessage() + ")",
                    hint(e, type));
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

    private static String hint(Throwable failure, Class<?> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher closed = CLOSED.matcher(String.valueOf(cause.getMessage()));
            boolean named = closed.find();
            if (named
                    || (cause instanceof IllegalAccessException
                            && type.getModule().isNamed())) {
                return "Add `opens " + (named ? closed.group(2) : type.getPackageName())
                        + " to tools.jackson.databind;` to the module-info.java of "
                        + (named ? closed.group(1) : type.getModule().getName());
            }
        }
        return "Compare the type's fields with json()";
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
