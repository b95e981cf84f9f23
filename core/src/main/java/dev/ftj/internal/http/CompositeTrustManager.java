package dev.ftj.internal.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts the certificate authorities of this Java, read on another thread, and added ones. */
final class CompositeTrustManager extends X509ExtendedTrustManager {
    private final @Nullable X509TrustManager added;
    private final Supplier<X509TrustManager> standard;

    private CompositeTrustManager(@Nullable X509TrustManager added, Supplier<X509TrustManager> standard) {
        this.added = added;
        this.standard = standard;
    }

    /** Returns one that trusts this Java's authorities, which are read on another thread (40 ms). */
    static CompositeTrustManager standard(Executor elsewhere) {
        return new CompositeTrustManager(
                null, CompletableFuture.supplyAsync(CompositeTrustManager::ofThisJava, elsewhere)::join);
    }

    /** Returns one that tries the added authorities first: reading this Java's takes longest of a whole call. */
    static CompositeTrustManager addedFirst(X509TrustManager added) {
        return new CompositeTrustManager(added, CompositeTrustManager::ofThisJava);
    }

    private static X509TrustManager ofThisJava() {
        try {
            return of(null);
        } catch (GeneralSecurityException e) {
            throw new CompletionException(e);
        }
    }

    /** @param store null for this Java's */
    static X509TrustManager of(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this Java has no X.509 trust manager");
    }

    private interface Check {
        void with(X509TrustManager manager) throws CertificateException;
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
        check(manager -> {
            if (manager instanceof X509ExtendedTrustManager extended) {
                extended.checkServerTrusted(chain, authType, socket);
            } else {
                manager.checkServerTrusted(chain, authType);
            }
        });
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(manager -> {
            if (manager instanceof X509ExtendedTrustManager extended) {
                extended.checkServerTrusted(chain, authType, engine);
            } else {
                manager.checkServerTrusted(chain, authType);
            }
        });
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
