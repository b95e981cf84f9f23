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
import java.security.cert.CertificateFactory;
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
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        int number = 0;
        for (Certificate standard : manager(null).getAcceptedIssuers()) {
            all.setCertificateEntry("standard-" + number++, standard);
        }
        for (Certificate added : more) {
            all.setCertificateEntry("added-" + number++, added);
        }
        X509TrustManager manager = manager(all);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {manager}, null);
        return new Trust(manager, context.getSocketFactory());
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
