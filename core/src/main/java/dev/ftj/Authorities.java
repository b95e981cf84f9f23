package dev.ftj;

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

/** Who is believed about a server: the authorities of this Java, which are waited for when they are asked, and added ones. */
final class Authorities extends X509ExtendedTrustManager {
    private final @Nullable X509TrustManager added;
    private final Supplier<X509TrustManager> standard;

    private Authorities(@Nullable X509TrustManager added, Supplier<X509TrustManager> standard) {
        this.added = added;
        this.standard = standard;
    }

    /** Those of this Java alone, read at once by somebody else. */
    static Authorities standard(Executor elsewhere) {
        return new Authorities(null, CompletableFuture.supplyAsync(Authorities::ofThisJava, elsewhere)::join);
    }

    /** The added ones are asked first: to read those of this Java takes longer than all else of a call. */
    static Authorities addedFirst(X509TrustManager added) {
        return new Authorities(added, Authorities::ofThisJava);
    }

    private static X509TrustManager ofThisJava() {
        try {
            return of(null);
        } catch (GeneralSecurityException e) {
            throw new CompletionException(e);
        }
    }

    /** @param store null for the one of this Java */
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

    private interface Question {
        void to(X509TrustManager manager) throws CertificateException;
    }

    private void ask(Question question) throws CertificateException {
        CertificateException notAdded = null;
        if (added != null) {
            try {
                question.to(added);
                return;
            } catch (CertificateException e) {
                notAdded = e;
            }
        }
        try {
            question.to(standard.get());
        } catch (CompletionException e) {
            throw new CertificateException("the authorities of this Java cannot be read", e.getCause());
        } catch (CertificateException e) {
            if (notAdded == null) {
                throw e;
            }
            // the added ones found a path, and know what is wrong with it (such as its dates)
            boolean found = notAdded.getCause() instanceof CertPathValidatorException;
            CertificateException telling = found ? notAdded : e;
            telling.addSuppressed(found ? e : notAdded);
            throw telling;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        ask(manager -> manager.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        ask(manager -> {
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
        ask(manager -> {
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

    /** What pins are matched with, of which we have none. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
