package dev.ftj.internal.http;

import dev.ftj.internal.http.HttpFailure.Reason;
import dev.ftj.internal.text.Excerpt;
import dev.ftj.internal.text.Sanitizer;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Maps an exchange that failed without a whole response to a failure with a hint. */
final class TransportErrors {
    private static final Pattern REFUSED_TUNNEL = Pattern.compile("Unexpected response code for CONNECT: (\\d+)");

    private TransportErrors() {}

    /**
     * Returns the failure.
     *
     * @param host the API's host
     * @param proxy the proxy on the way to it; {@link Proxy#NO_PROXY} for none
     * @param sent whether the connection stood, and the request was being sent
     * @param redaction takes the key out of a text
     */
    static HttpFailure of(IOException e, String host, Proxy proxy, boolean sent, UnaryOperator<String> redaction) {
        IOException cause = harmless(e, redaction);
        String said = cause.getMessage() == null ? e.getClass().getSimpleName() : Excerpt.of(cause.getMessage());
        if (e instanceof BodyReader.BodyTooLargeException || isDamaged(e)) {
            String wrong = isDamaged(e) ? "not compressed as it says (" + said + ")" : said;
            return new HttpFailure(Reason.UNREADABLE, "the answer is " + wrong, cause)
                    .hint("Check the endpoint, and what stands between it and you");
        }
        if (e instanceof HttpBody.UnreadableBodyException) {
            return new HttpFailure(Reason.LOCAL, said, cause).hint("Check the file");
        }
        // See JdkAssumptionsTest.aConnectionThatIsClosedInTheHandshakeIsAHandshakeExceptionWithAnEofForItsCause.
        boolean closed = e.getCause() instanceof SocketException || e.getCause() instanceof EOFException;
        if (e instanceof SSLException && !closed) {
            return tls(e, host, said, cause);
        }
        if (proxy.type() != Proxy.Type.DIRECT && !sent) {
            return proxy(e, host, proxy, said, cause);
        }
        if (e instanceof UnknownHostException) {
            return network("cannot resolve host " + host + " (" + said + ")", cause);
        }
        if (e instanceof ConnectException) {
            return network("cannot connect to " + host + " (" + said + ")", cause);
        }
        if (e instanceof SocketTimeoutException) {
            return network(host + " did not respond in time (" + said + ")", cause);
        }
        if (isRefusedStream(e)) {
            return network(host + " refused the request unprocessed (" + said + ")", cause);
        }
        return network("the connection to " + host + " broke (" + said + ")", cause);
    }

    /** Whether an HTTP/2 server refused a request before it processed any of it (RFC 9113, 8.7). */
    static boolean isRefusedStream(IOException e) {
        // See OkHttpAssumptionsTest.aRefusedStreamIsNotRepeatedOnANewConnection.
        return "stream was reset: REFUSED_STREAM".equals(e.getMessage());
    }

    private static HttpFailure tls(IOException e, String host, String said, IOException cause) {
        HttpFailure failure = network("TLS with " + host + " failed (" + said + ")", cause)
                .retryable(false)
                .hint("If a proxy signs for this host, name its certificate authority in SSL_CERT_FILE");
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof CertificateExpiredException) {
                failure.hint("A certificate of its chain has expired, the server's or an authority's"
                        + " (also one in SSL_CERT_FILE): renew it; or this machine's clock is wrong");
            } else if (t instanceof CertificateNotYetValidException) {
                failure.hint("A certificate of its chain is not valid yet: check this machine's clock");
            }
        }
        return failure;
    }

    private static HttpFailure proxy(IOException e, String host, Proxy proxy, String said, IOException cause) {
        String name = name(proxy);
        Matcher tunnel = REFUSED_TUNNEL.matcher(String.valueOf(e.getMessage()));
        if (said.contains("authenticate with proxy")) {
            return network("authentication with the proxy " + name + " failed (407)", cause)
                    .retryable(false)
                    .hint("Give its user and password in HTTPS_PROXY");
        }
        if (tunnel.lookingAt()) {
            return network("the proxy " + name + " refused to connect to " + host + " (" + tunnel.group(1) + ")", cause)
                    .retryable(tunnel.group(1).startsWith("5"))
                    .hint("Ask who runs the proxy to allow " + host + ", or name the host in NO_PROXY");
        }
        if (e instanceof UnknownHostException) {
            return network("cannot resolve the proxy " + name + " (" + said + ")", cause)
                    .hint("Check HTTPS_PROXY and your DNS");
        }
        return network("cannot connect to " + host + " by the proxy " + name + " (" + said + ")", cause)
                .hint("Check HTTPS_PROXY, and that the proxy runs");
    }

    private static String name(Proxy proxy) {
        return proxy.address() instanceof InetSocketAddress address
                ? address.getHostString() + ":" + address.getPort()
                : String.valueOf(proxy.address());
    }

    private static HttpFailure network(String what, IOException cause) {
        return new HttpFailure(Reason.NETWORK, what, cause)
                .retryable(true)
                .hint("Check the network, the proxy and the endpoint");
    }

    /** Okio's exception for a damaged gzip stream, or bytes after its first member; a cut one is an EOFException. */
    private static boolean isDamaged(IOException e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof ZipException
                || e.getCause() instanceof DataFormatException
                || message.contains("!= expected")
                // See OkHttpAssumptionsTest.bytesAfterTheFirstGzipMemberAreAnError.
                || message.contains("gzip finished without exhausting source");
    }

    /** The same, unless its message quotes the server with what must not be shown: then one that says it safely. */
    private static IOException harmless(IOException e, UnaryOperator<String> redaction) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            if (!Sanitizer.oneLine(redaction.apply(message)).equals(message)) {
                String lines = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
                IOException safe = alike(e, Sanitizer.oneLine(redaction.apply(lines)));
                safe.setStackTrace(e.getStackTrace());
                return safe;
            }
        }
        return e;
    }

    /** The TLS exceptions that a caller may want to distinguish by their types. */
    private static IOException alike(IOException e, String message) {
        if (e instanceof SSLPeerUnverifiedException) {
            return new SSLPeerUnverifiedException(message);
        }
        return e instanceof SSLException ? new SSLException(message) : new IOException(message);
    }
}
