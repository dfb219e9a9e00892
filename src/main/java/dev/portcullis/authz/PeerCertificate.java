package dev.portcullis.authz;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

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
            Set<String> groups = new LinkedHashSet<>();
            boolean same = false;
            for (Rdn name : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                for (var values = name.toAttributes().getAll(); values.hasMore(); ) {
                    var attribute = values.next();
                    Object value = attribute.get();
                    same |= attribute.getID().equalsIgnoreCase("CN") && user.equals(value);
                    if (attribute.getID().equalsIgnoreCase("O") && value instanceof String group) {
                        groups.add(group);
                    }
                }
            }
            return same ? groups : Set.of();
        } catch (GeneralSecurityException | NamingException | IllegalArgumentException unreadable) {
            return Set.of();
        }
    }
}
