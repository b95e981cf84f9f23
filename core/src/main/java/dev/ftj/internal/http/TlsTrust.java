package dev.ftj.internal.http;

import dev.ftj.internal.http.HttpFailure.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Trusts the certificate authorities of this Java and those of {@code SSL_CERT_FILE}. */
public record TlsTrust(X509TrustManager manager, SSLSocketFactory socketFactory) {
    private static final int LARGEST_FILE = 16 * 1024 * 1024;

    /**
     * Returns the trust of an environment.
     *
     * @param elsewhere reads the authorities of this Java while the connection is made (40 ms)
     * @throws HttpFailure if {@code SSL_CERT_FILE} cannot be used
     */
    public static TlsTrust fromEnvironment(Map<String, String> environment, Executor elsewhere) {
        String file = environment.getOrDefault("SSL_CERT_FILE", "");
        try {
            return file.isEmpty()
                    ? with(CompositeTrustManager.standard(elsewhere))
                    : with(CompositeTrustManager.addedFirst(read(file)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static X509TrustManager read(String file) {
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            byte[] content = pem.readNBytes(LARGEST_FILE);
            Collection<? extends Certificate> more =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
            if (more.isEmpty()) {
                throw unusable(file, "it holds no certificate");
            }
            return CompositeTrustManager.of(store(more));
        } catch (IOException | InvalidPathException e) {
            throw unusable(file, "it cannot be read");
        } catch (GeneralSecurityException e) {
            throw unusable(file, "it is not PEM");
        }
    }

    private static KeyStore store(Collection<? extends Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate authority : authorities) {
            store.setCertificateEntry("added-" + number++, authority);
        }
        return store;
    }

    private static TlsTrust with(CompositeTrustManager authorities) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {authorities}, null);
        return new TlsTrust(authorities, context.getSocketFactory());
    }

    private static HttpFailure unusable(String file, String why) {
        return new HttpFailure(Reason.LOCAL, "cannot load SSL_CERT_FILE " + file + ": " + why)
                .hint("Fix or unset SSL_CERT_FILE");
    }
}
