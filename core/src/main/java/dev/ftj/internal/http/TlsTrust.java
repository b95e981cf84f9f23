package dev.ftj.internal.http;

import dev.ftj.internal.http.HttpFailure.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts the certificate authorities of this Java and those of {@code SSL_CERT_FILE}. Reading this Java's takes longest of a
 * whole call (40 ms): they are read while the connection is made, or only if the file's do not suffice.
 */
public final class TlsTrust extends X509ExtendedTrustManager {
    private static final int LARGEST_FILE = 16 * 1024 * 1024;

    private final @Nullable X509ExtendedTrustManager added;
    private final Supplier<X509ExtendedTrustManager> standard;

    private TlsTrust(@Nullable X509ExtendedTrustManager added, Supplier<X509ExtendedTrustManager> standard) {
        this.added = added;
        this.standard = standard;
    }

    /**
     * Returns the trust of an environment.
     *
     * @param elsewhere reads the authorities of this Java
     * @throws HttpFailure if {@code SSL_CERT_FILE} cannot be used
     */
    public static TlsTrust fromEnvironment(Map<String, String> environment, Executor elsewhere) {
        String file = environment.getOrDefault("SSL_CERT_FILE", "");
        return file.isEmpty()
                ? new TlsTrust(null, CompletableFuture.supplyAsync(TlsTrust::ofThisJava, elsewhere)::join)
                : new TlsTrust(read(file), TlsTrust::ofThisJava);
    }

    /** Returns a factory of sockets that trust this. */
    public SSLSocketFactory socketFactory() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static X509ExtendedTrustManager ofThisJava() {
        try {
            return of(null);
        } catch (GeneralSecurityException e) {
            throw new CompletionException(e);
        }
    }

    /** @param store null for this Java's */
    private static X509ExtendedTrustManager of(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this Java has no X.509 trust manager");
    }

    private static X509ExtendedTrustManager read(String file) {
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            byte[] content = pem.readNBytes(LARGEST_FILE);
            Collection<? extends Certificate> more = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificates(content)));
            if (more.isEmpty()) {
                throw unusable(file, "it holds no certificate");
            }
            return of(store(more));
        } catch (IOException | InvalidPathException e) {
            throw unusable(file, "it cannot be read");
        } catch (GeneralSecurityException e) {
            throw unusable(file, "it is not PEM");
        }
    }

    /**
     * Returns a PEM file without what is between its certificates (keys, comments, a byte order mark), which Java's reader
     * does not skip (see JdkAssumptionsTest.aBundleOfCertificatesMayHoldNothingElse); a file of another format as it is.
     */
    private static byte[] certificates(byte[] content) {
        String blocks = Pattern.compile("-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]*-----END [A-Z0-9 ]*-----")
                .matcher(new String(content, StandardCharsets.ISO_8859_1))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining("\n"));
        return blocks.isEmpty() ? content : blocks.getBytes(StandardCharsets.ISO_8859_1);
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

    private static HttpFailure unusable(String file, String why) {
        return new HttpFailure(Reason.LOCAL, "cannot load SSL_CERT_FILE " + file + ": " + why)
                .hint("Fix or unset SSL_CERT_FILE");
    }

    private interface Check {
        void with(X509ExtendedTrustManager manager) throws CertificateException;
    }

    private void check(Check check) throws CertificateException {
        CertificateException notAdded = null;
        if (added != null) {
            try {
                check.with(added);
                return;
            } catch (CertificateException e) {
                notAdded = e;
            }
        }
        try {
            check.with(standard.get());
        } catch (CompletionException e) {
            throw new CertificateException("the authorities of this Java cannot be read", e.getCause());
        } catch (CertificateException e) {
            if (notAdded == null) {
                throw e;
            }
            // the added ones found a path, and say what is wrong with it (such as its dates)
            boolean found = notAdded.getCause() instanceof CertPathValidatorException;
            CertificateException reported = found ? notAdded : e;
            reported.addSuppressed(found ? e : notAdded);
            throw reported;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(manager -> manager.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(manager -> manager.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(manager -> manager.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    /** Used to match pins, of which there are none. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
