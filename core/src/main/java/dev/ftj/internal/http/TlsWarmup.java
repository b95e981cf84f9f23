package dev.ftj.internal.http;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.ProviderException;
import java.security.spec.ECGenParameterSpec;

/** Warms up P-256 and X25519 before the first TLS handshake (15 ms on Java 17, 50 ms on 25). */
final class TlsWarmup {
    private TlsWarmup() {}

    /** Computes the tables of the curves: called on another thread. */
    static void prepare() {
        try {
            KeyPairGenerator p256 = KeyPairGenerator.getInstance("EC");
            p256.initialize(new ECGenParameterSpec("secp256r1"));
            p256.generateKeyPair();
            KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (GeneralSecurityException | ProviderException e) {
            // a Java without them offers others, and the handshake reports any other problem
        }
    }
}
