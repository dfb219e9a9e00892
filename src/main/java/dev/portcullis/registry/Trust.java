package dev.portcullis.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whose certificates are taken: those of the authorities that Java trusts, and of some more. */
final class Trust {
    private Trust() {}

    /**
     * With the authorities of a PEM file.
     *
     * @throws UnusableFileException where it holds no certificate
     */
    static SSLContext with(Path authorities) throws UnusableFileException {
        try {
            List<Certificate> trusted = new ArrayList<>(read(authorities));
            if (trusted.isEmpty()) {
                throw new UnusableFileException(authorities + " holds no certificate: give a PEM file of authorities");
            }
            trusted.addAll(ofJava());
            return context(trusted);
        } catch (IOException | GeneralSecurityException e) {
            throw new UnusableFileException(authorities + " cannot be read as certificates ("
                    + e.getClass().getSimpleName() + "): give a PEM file of authorities");
        }
    }

    private static List<Certificate> read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
        }
    }

    private static List<X509Certificate> ofJava() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        List<X509Certificate> issuers = new ArrayList<>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager known) {
                issuers.addAll(List.of(known.getAcceptedIssuers()));
            }
        }
        return issuers;
    }

    private static SSLContext context(List<Certificate> trusted) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < trusted.size(); i++) {
            store.setCertificateEntry("authority" + i, trusted.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
