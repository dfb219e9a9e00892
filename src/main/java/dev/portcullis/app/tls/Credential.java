package dev.portcullis.app.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/**
 * A certificate chain, leaf first, and the leaf's private key, which belong together.
 *
 * @param chain at least one certificate
 */
record Credential(List<X509Certificate> chain, PrivateKey key) {
    /** TLS 1.3 and, with forward secrecy and authenticated encryption only, TLS 1.2. */
    private static final SslOptions OPTIONS = SslOptions.of(
            new String[] {
                "TLS_AES_128_GCM_SHA256",
                "TLS_AES_256_GCM_SHA384",
                "TLS_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
            },
            new String[] {"TLSv1.3", "TLSv1.2"});

    /** Reads and checks a pair; expiry is left to the caller. */
    static Credential parse(PemFiles files) throws UnusableCertificateException {
        List<X509Certificate> chain = certificates(files);
        Credential credential = new Credential(chain, privateKey(files));
        if (!credential.matches()) {
            throw new UnusableCertificateException(files.keyFile() + " is not the key of the certificate in "
                    + files.certificateFile() + ": give the pair that belongs together");
        }
        return credential;
    }

    X509Certificate leaf() {
        return chain.getFirst();
    }

    Instant expiry() {
        return leaf().getNotAfter().toInstant();
    }

    /** @param clients the authorities of clients' certificates */
    SslBundle bundle(List<X509Certificate> clients) {
        PemSslStore store = PemSslStore.of(chain, key);
        PemSslStore trusted = clients.isEmpty() ? null : PemSslStore.of(clients, null);
        return SslBundle.of(new PemSslStoreBundle(store, trusted), SslBundleKey.NONE, OPTIONS);
    }

    private static List<X509Certificate> certificates(PemFiles files) throws UnusableCertificateException {
        try {
            List<X509Certificate> chain = PemContent.of(files.certificate()).getCertificates();
            if (!chain.isEmpty()) {
                return chain;
            }
        } catch (RuntimeException e) {
            throw new UnusableCertificateException(
                    files.certificateFile() + " holds no readable certificate: give X.509 in PEM", e);
        }
        throw new UnusableCertificateException(files.certificateFile() + " holds no certificate: give X.509 in PEM");
    }

    private static PrivateKey privateKey(PemFiles files) throws UnusableCertificateException {
        @Nullable PrivateKey key;
        try {
            key = PemContent.of(files.key()).getPrivateKey();
        } catch (RuntimeException e) {
            throw new UnusableCertificateException(
                    files.keyFile() + " holds no readable private key: give an unencrypted one in PEM", e);
        }
        if (key == null) {
            throw new UnusableCertificateException(files.keyFile() + " holds no private key: give one in PEM");
        }
        return key;
    }

    private boolean matches() {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "RSASSA-PSS" -> "RSASSA-PSS";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] probe = {1, 2, 3, 4};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(leaf().getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
