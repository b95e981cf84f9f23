package dev.ftj.scripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Java home whose {@code java} is a shell script: the launcher's own work, seen without a JVM. */
record FakeJava(Path home) {
    /** Prints its arguments and its key, one in brackets a line; makes an archive when told to train. */
    static final String SHOW = """
            #!/bin/sh
            archive=''
            for argument; do
                case $argument in
                    -XX:ArchiveClassesAtExit=* | -XX:AOTConfiguration=* | -XX:AOTCache=*.new.*) archive=${argument#*=} ;;
                esac
            done
            if [ -n "$archive" ]; then
                echo "trained key=${ATAI_API_KEY-none} file=${ATAI_API_KEY_FILE-none}" >>"${0%/*}/trained"
                echo 'said in training'
                echo 'said in training' >&2
                echo an archive >"$archive"
                exit 0
            fi
            for argument; do
                printf '[%s]' "$argument"
            done
            echo
            """;

    static FakeJava in(Path home, String version) throws IOException {
        return in(home, version, SHOW);
    }

    static FakeJava in(Path home, String version, String script) throws IOException {
        Places.executable(home.resolve("bin/java"), script);
        Places.executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Nobody\"\nJAVA_RUNTIME_VERSION=\"" + version + "+1\"\nJAVA_VERSION=\"" + version
                        + "\"\nOS_ARCH=\"none\"\n");
        return new FakeJava(home);
    }

    String trained() throws IOException {
        Path file = home.resolve("bin/trained");
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
