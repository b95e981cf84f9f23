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

/** What TLS agreed upon, or what it did not like. */
final class Tls {
    private Tls() {}

    /** Who signed is told: a proxy that reads along signs for itself. */
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
                    + "); if it is right, the server's certificate is out of date, which its owner must mend";
        }
        if (cause instanceof SSLPeerUnverifiedException) {
            return "Check the host's name (--endpoint, ATAI_API_ENDPOINT): the certificate is another's";
        }
        String hint = e.hint();
        boolean ours = e.kind() == Kind.LOCAL || (cause instanceof SSLException && !e.retryable());
        return ours && hint != null
                ? hint
                : "Check that TLS is spoken at this port, and whether something in between breaks connections";
    }

    private static boolean isOutOfDate(@Nullable Throwable failure) {
        return failure != null
                && (failure instanceof CertificateExpiredException
                        || failure instanceof CertificateNotYetValidException
                        || isOutOfDate(failure.getCause())
                        || Stream.of(failure.getSuppressed()).anyMatch(Tls::isOutOfDate));
    }
}
