package dev.portcullis.authz;

import dev.portcullis.http.SubjectNames;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/** The certificate of an engine's client, which the engine has verified. */
final class PeerCertificate {
    private PeerCertificate() {}

    /**
     * The organizations in its subject, which count as groups.
     *
     * @param pem the certificate as PEM in base64, empty where there is none
     * @param user its common name, as the engine read it; of any other certificate nothing is taken
     */
    static Set<String> groups(String pem, String user) {
        if (pem.isEmpty()) {
            return Set.of();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(pem);
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
            return SubjectNames.of(certificate, "CN").contains(user)
                    ? new LinkedHashSet<>(SubjectNames.of(certificate, "O"))
                    : Set.of();
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return Set.of();
        }
    }
}
