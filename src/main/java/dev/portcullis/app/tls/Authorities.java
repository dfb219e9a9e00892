package dev.portcullis.app.tls;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/** Who signs the certificates of a server that this one asks, where that is not anybody whom Java trusts. */
public final class Authorities {
    private Authorities() {}

    /**
     * Trusts those in a PEM file, and nobody else.
     *
     * @throws UnusableCertificateException where it holds no certificate
     */
    public static SSLContext in(Path file) throws UnusableCertificateException {
        PemSslStore trusted = PemSslStore.of(PemFiles.certificates(file), null);
        return SslBundle.of(new PemSslStoreBundle(null, trusted)).createSslContext();
    }
}
