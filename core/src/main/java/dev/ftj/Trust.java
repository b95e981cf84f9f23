package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificate authorities of this Java, and those of {@code SSL_CERT_FILE} beside them. */
record Trust(X509TrustManager manager, SSLSocketFactory socketFactory) {
    private static final int LARGEST_FILE = 16 * 1024 * 1024;

    /** Null where the environment names no further authorities. */
    static @Nullable Trust fromEnvironment(Map<String, String> environment) {
        String file = environment.getOrDefault("SSL_CERT_FILE", "");
        if (file.isEmpty()) {
            return null;
        }
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            byte[] content = pem.readNBytes(LARGEST_FILE);
            Collection<? extends Certificate> more =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
            if (more.isEmpty()) {
                throw unusable(file, "it holds no certificate");
            }
            return with(more);
        } catch (IOException | InvalidPathException e) {
            throw unusable(file, "it cannot be read");
        } catch (GeneralSecurityException e) {
            throw unusable(file, "it is not PEM");
        }
    }

    private static Trust with(Collection<? extends Certificate> more) throws GeneralSecurityException, IOException {
        KeyStore added = KeyStore.getInstance(KeyStore.getDefaultType());
        added.load(null, null);
        int number = 0;
        for (Certificate authority : more) {
            added.setCertificateEntry("added-" + number++, authority);
        }
        X509TrustManager manager = new AddedFirst(manager(added));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {manager}, null);
        return new Trust(manager, context.getSocketFactory());
    }

    /** Asks the authorities of the file first: to read those of this Java takes longer than all else of a call. */
    private static final class AddedFirst implements X509TrustManager {
        private final X509TrustManager added;
        private @Nullable X509TrustManager standard;

        AddedFirst(X509TrustManager added) {
            this.added = added;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            try {
                added.checkServerTrusted(chain, authType);
            } catch (CertificateException notAdded) {
                try {
                    standard().checkServerTrusted(chain, authType);
                } catch (CertificateException e) {
                    // which of the two tells more depends on who signed
                    e.addSuppressed(notAdded);
                    throw e;
                }
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("this is a client");
        }

        /** What pins are matched with, of which we have none. */
        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return added.getAcceptedIssuers();
        }

        private synchronized X509TrustManager standard() throws CertificateException {
            try {
                X509TrustManager known = standard == null ? manager(null) : standard;
                standard = known;
                return known;
            } catch (GeneralSecurityException e) {
                throw new CertificateException("the authorities of this Java cannot be read", e);
            }
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this Java has no X.509 trust manager");
    }

    private static FineTuneException unusable(String file, String why) {
        return FineTuneException.of(
                Kind.LOCAL, "the certificate file " + file + " is of no use: " + why, "Mend or unset SSL_CERT_FILE");
    }
}
