package dev.ftj;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.ProviderException;
import java.security.spec.ECGenParameterSpec;

/** The tables of the two curves that a first handshake offers keys of, which take a process 15 ms on Java 17, 50 on 25. */
final class Curves {
    private Curves() {}

    /** Has Java make its tables now: on another core, before the handshake needs them. */
    static void prepare() {
        try {
            KeyPairGenerator p256 = KeyPairGenerator.getInstance("EC");
            p256.initialize(new ECGenParameterSpec("secp256r1"));
            p256.generateKeyPair();
            KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (GeneralSecurityException | ProviderException e) {
            // a Java without them offers others; what else is wrong with it the handshake will say
        }
    }
}
