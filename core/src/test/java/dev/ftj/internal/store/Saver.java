package dev.ftj.internal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A process that saves jobs, and acknowledges each on stdout when it is saved. */
final class Saver {
    static final String ENDPOINT = "https://host/v0.5";

    private Saver() {}

    /** @param args the directory, what its ids begin with, the first number and the one behind the last */
    public static void main(String[] args) {
        JobBook book = JobBook.open(Path.of(args[0]), ENDPOINT);
        try {
            for (int i = Integer.parseInt(args[2]); i < Integer.parseInt(args[3]); i++) {
                book.seen(args[1] + i, "a name", "STARTING", Instant.EPOCH);
                book.seen(args[1] + i, "a name", "RUNNING", Instant.EPOCH);
                book.save(args[1] + i, args[1] + i, "note " + i, Instant.EPOCH);
                System.out.println(i);
                System.out.flush();
            }
        } catch (IOException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    static List<String> command(Path directory, String prefix, int from, int to) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // No file of the JVM's own, many JVMs on few cores.
        command.addAll(List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Saver.class.getName()));
        command.addAll(List.of(directory.toString(), prefix, Integer.toString(from), Integer.toString(to)));
        return command;
    }
}
