package dev.ftj.assumptions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HeldCertificate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the JDK does, from 17 to 25, that ftj works around or relies on. A test that fails with a newer one names the code
 * that may go, or has to change.
 */
@Timeout(60)
class JdkAssumptionsTest {
    private static final int FEATURE = Runtime.version().feature();

    @TempDir
    Path directory;

    /** Prints whether the threads of supplyAsync are daemons. */
    static final class AsyncThread {
        private AsyncThread() {}

        public static void main(String[] args) {
            System.out.println(
                    CompletableFuture.supplyAsync(() -> Thread.currentThread().isDaemon())
                            .join());
        }
    }

    private static String java(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.contains("JAVA") || name.startsWith("JDK_"));
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor(30, TimeUnit.SECONDS);
        return "exit " + process.exitValue() + "\n" + out;
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    // The HTTP server, which the sandbox is made of.

    /** The sandbox reads requests to their end before it answers. */
    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536})
    void aRequestOf64KibThatIsLeftUnreadClosesTheConnection(int length) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        String request = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length)
                + "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            String answers = read(socket.getInputStream());
            assertThat(answers.split("200 OK", -1)).hasSize(length < 65_536 ? 3 : 2);
            assertThat(answers).doesNotContainIgnoringCase("Connection: close");
        } finally {
            server.stop(0);
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0; c = in.read()) {
                text.append((char) c);
            }
        } catch (IOException reset) {
            // the server closed it with bytes unread
        }
        return text.toString();
    }

    /** The sandbox starts its server on a daemon thread. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theHttpServersThreadIsADaemonWhereItsStarterIs(boolean daemon) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Thread starter = new Thread(server::start);
        starter.setDaemon(daemon);
        List<Thread> before = List.copyOf(Thread.getAllStackTraces().keySet());
        starter.start();
        starter.join();
        try {
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread ->
                            !before.contains(thread) && thread.getName().startsWith("HTTP-Dispatcher"))
                    .singleElement()
                    .returns(daemon, Thread::isDaemon);
        } finally {
            server.stop(0);
        }
    }

    // Threads and interrupts.

    /** Calls are cancelled with Call.cancel. */
    @Test
    void aBlockedReadOfASocketIgnoresAnInterrupt() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                Socket server = listener.accept()) {
            CompletableFuture<Integer> read = new CompletableFuture<>();
            Thread reader = new Thread(() -> {
                try {
                    read.complete(client.getInputStream().read());
                } catch (IOException e) {
                    read.completeExceptionally(e);
                }
            });
            reader.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Arrays.stream(reader.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("read")));
            reader.interrupt();
            server.getOutputStream().write('x');
            assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo('x');
            reader.join();
        }
    }

    /** The job book never asks an interrupted thread for the size of a file. */
    @Test
    void sizeAndPositionCloseTheChannelOfAnInterruptedThread() throws Exception {
        assertThatExceptionOfType(ClosedByInterruptException.class).isThrownBy(interrupted(FileChannel::size));
        assertThatExceptionOfType(ClosedByInterruptException.class).isThrownBy(interrupted(FileChannel::position));
    }

    /** The job book locks its files in interrupted threads, too. */
    @Test
    void openAndTryLockWorkInAnInterruptedThread() throws Exception {
        try {
            Thread.currentThread().interrupt();
            try (FileChannel channel = open()) {
                assertThat(channel.tryLock().isValid()).isTrue();
                assertThat(channel.isOpen()).isTrue();
            }
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private interface ChannelCall {
        Object on(FileChannel channel) throws IOException;
    }

    private ThrowingCallable interrupted(ChannelCall call) {
        return () -> {
            try (FileChannel channel = open()) {
                Thread.currentThread().interrupt();
                call.on(channel);
            } finally {
                Thread.interrupted();
            }
        };
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(directory.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** ftj starts daemon threads of its own. */
    @Test
    void withTwoProcessorsSupplyAsyncMayRunOnAThreadThatIsNoDaemon() throws Exception {
        List<String> twoProcessors = List.of("-XX:ActiveProcessorCount=2", "-cp", classPath());
        assertThat(java(twoProcessors, AsyncThread.class.getName())).isEqualTo("exit 0\n" + (FEATURE >= 25) + "\n");
    }

    // Texts.

    /** HttpDate reads two digits as a year near ours. */
    /** A reset at the same moment has a SocketException for its cause. */
    @Test
    void aConnectionThatIsClosedInTheHandshakeIsAHandshakeExceptionWithAnEofForItsCause() throws Exception {
        try (ServerSocket closing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
                try (Socket accepted = closing.accept()) {
                    accepted.getInputStream().readNBytes(5);
                    accepted.getInputStream().skip(accepted.getInputStream().available());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try (SSLSocket client = (SSLSocket)
                    SSLSocketFactory.getDefault().createSocket(closing.getInetAddress(), closing.getLocalPort())) {
                assertThatExceptionOfType(SSLHandshakeException.class)
                        .isThrownBy(client::startHandshake)
                        .withCauseExactlyInstanceOf(EOFException.class);
            }
            closed.join();
        }
    }

    /** OpenSSL, curl and Go skip what is no certificate. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Comment\n--------\n%s", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n%s"})
    void aBundleOfCertificatesMayHoldNothingElse(String bundle) throws Exception {
        String pem = new HeldCertificate.Builder().build().certificatePem();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");

        assertThat(factory.generateCertificates(new ByteArrayInputStream(pem.getBytes(UTF_8))))
                .hasSize(1);
        assertThatExceptionOfType(CertificateException.class)
                .isThrownBy(() -> factory.generateCertificates(
                        new ByteArrayInputStream(bundle.formatted(pem).getBytes(UTF_8))));
    }

    @Test
    void aYearOfTwoDigitsInADateIsAYearOfTheFirstCentury() {
        assertThat(ZonedDateTime.parse("27 Apr 26 10:00:00 GMT", DateTimeFormatter.RFC_1123_DATE_TIME))
                .hasToString("0026-04-27T10:00Z");
        assertThatExceptionOfType(DateTimeParseException.class)
                .isThrownBy(() ->
                        ZonedDateTime.parse("Mon, 27 Apr 2026 10:00:00 UTC", DateTimeFormatter.RFC_1123_DATE_TIME));
    }

    /** BookFiles hashes characters, not bytes. */
    @Test
    void aCharsetEncodesAllThatItDoesNotKnowAlike() {
        assertThat("\ud800".getBytes(UTF_8)).isEqualTo("\udfff".getBytes(UTF_8)).containsExactly('?');
    }

    // Class-data archives, which the launcher makes and uses.

    /** The launcher uses no cache beside a user's own class sharing. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void anAotCacheDoesNotGoWithClassSharingOptions() throws Exception {
        assertThat(java(List.of("-XX:AOTCache=" + directory.resolve("none"), "-Xshare:auto"), "-version"))
                .startsWith("exit 1\n");
        assertThat(java(List.of("-XX:AOTCache=" + directory.resolve("none")), "-version"))
                .startsWith("exit 0\n");
    }

    /** The launcher adds -Xlog options, so that nothing of it reaches a user. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void aCacheThatIsRefusedIsReportedOnStdout() throws Exception {
        Path cache = directory.resolve("cache");
        String main = AsyncThread.class.getName();
        Path classes = Path.of(AsyncThread.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path jar = directory.resolve("x.jar");
        jar(jar, classes, main);
        String made = java(List.of("-XX:AOTCacheOutput=" + cache, "-cp", jar.toString()), main);
        assertThat(cache).as(made).exists();
        assertThat(java(List.of("-XX:AOTCache=" + cache, "-cp", jar.toString()), main))
                .doesNotContain("[aot]");
        String refused = java(
                List.of("-XX:AOTCache=" + cache, "--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", jar.toString()),
                main);
        assertThat(refused).startsWith("exit 0\n").contains("[error][aot]").endsWith("true\n");
    }

    private static void jar(Path jar, Path classes, String main) throws IOException {
        String entry = main.replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            Files.copy(classes.resolve(entry.replace('/', File.separatorChar)), out);
        }
    }
}
