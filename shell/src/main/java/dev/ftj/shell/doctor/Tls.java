package dev.ftj.shell.doctor;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The result of the TLS handshake. */
final class Tls {
    private Tls() {}

    /** Shows the issuer: an intercepting proxy signs certificates itself. */
    static Check works(SSLSession session) {
        String issuer;
        try {
            issuer = session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? ", the certificate is signed by "
                            + certificate.getIssuerX500Principal().getName()
                    : "";
        } catch (SSLPeerUnverifiedException e) {
            issuer = "";
        }
        return Check.works("TLS", session.getProtocol() + issuer);
    }

    static Check fails(FineTuneException e, Instant now) {
        return Check.fails("TLS", e.summary(), hint(e, now), Kind.NETWORK.exitCode());
    }

    private static String hint(FineTuneException e, Instant now) {
        Throwable cause = e.getCause();
        if (isOutOfDate(cause)) {
            return "Check this machine's clock (it says " + now.truncatedTo(ChronoUnit.SECONDS)
                    + "); if it is right, the server's certificate is out of date: report it to the owner of the server";
        }
        if (cause instanceof SSLPeerUnverifiedException) {
            return "Check the host's name (--endpoint, ATAI_API_ENDPOINT): the certificate is for another name";
        }
        String hint = e.hint();
        boolean ours = e.kind() == Kind.LOCAL || (cause instanceof SSLException && !e.retryable());
        return ours && hint != null
                ? hint
                : "Check that this port uses TLS, and whether a firewall or proxy resets connections";
    }

    private static boolean isOutOfDate(@Nullable Throwable failure) {
        return failure != null
                && (failure instanceof CertificateExpiredException
                        || failure instanceof CertificateNotYetValidException
                        || isOutOfDate(failure.getCause())
                        || Stream.of(failure.getSuppressed()).anyMatch(Tls::isOutOfDate));
    }
}
