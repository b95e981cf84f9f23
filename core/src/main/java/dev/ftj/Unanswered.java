package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.text.Sanitizer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.UnaryOperator;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** From an exchange that brought no whole answer to the failure that tells it. */
final class Unanswered {
    private Unanswered() {}

    /**
     * What it means.
     *
     * @param host who was asked
     * @param redaction takes the key out of a text
     */
    static FineTuneException.Builder of(IOException e, String host, UnaryOperator<String> redaction) {
        IOException cause = harmless(e, redaction);
        String said = cause.getMessage() == null ? e.getClass().getSimpleName() : Excerpt.of(cause.getMessage());
        if (e instanceof Transport.BodyTooLargeException || isDamaged(e)) {
            return new FineTuneException.Builder(
                            Kind.UNREADABLE,
                            "the answer is " + (isDamaged(e) ? "not compressed as it says (" + said + ")" : said))
                    .cause(cause)
                    .hint("Check the endpoint, and what stands between it and you");
        }
        if (e instanceof SSLException && !(e.getCause() instanceof SocketException)) {
            return network("TLS with " + host + " failed (" + said + ")", cause)
                    .retryable(false)
                    .hint("If a proxy signs for this host, name its certificate authority in SSL_CERT_FILE");
        }
        if (said.contains("HTTP_PROXY_AUTH") || said.contains("authenticate with proxy")) {
            return network("the proxy wants other credentials (407)", cause)
                    .retryable(false)
                    .hint("Give its user and password in HTTPS_PROXY");
        }
        if (e instanceof UnknownHostException) {
            return network("no address is known for " + host + " (" + said + ")", cause);
        }
        if (e instanceof ConnectException) {
            return network("nothing answers at " + host + " (" + said + ")", cause);
        }
        if (e instanceof SocketTimeoutException) {
            return network(host + " was silent for too long (" + said + ")", cause);
        }
        return network("the connection to " + host + " broke (" + said + ")", cause);
    }

    private static FineTuneException.Builder network(String what, IOException cause) {
        return new FineTuneException.Builder(Kind.NETWORK, what)
                .retryable(true)
                .cause(cause)
                .hint("Check the network, the proxy and the endpoint");
    }

    /** Okio tells a wrong header, checksum or stream of gzip so; what breaks off is an EOFException instead. */
    private static boolean isDamaged(IOException e) {
        return e instanceof ZipException
                || e.getCause() instanceof DataFormatException
                || String.valueOf(e.getMessage()).contains("!= expected");
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

    /** What a caller may want to tell by its type: what TLS did not like. */
    private static IOException alike(IOException e, String message) {
        if (e instanceof SSLPeerUnverifiedException) {
            return new SSLPeerUnverifiedException(message);
        }
        return e instanceof SSLException ? new SSLException(message) : new IOException(message);
    }
}
