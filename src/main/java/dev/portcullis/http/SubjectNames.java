package dev.portcullis.http;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** What a certificate says of whom it was given to. */
public final class SubjectNames {
    private SubjectNames() {}

    /**
     * The values that the subject has of an attribute, empty where it has none or cannot be read.
     *
     * @param attribute such as {@code CN} or {@code O}
     */
    public static List<String> of(X509Certificate certificate, String attribute) {
        List<String> values = new ArrayList<>();
        try {
            for (Rdn name : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                for (var attributes = name.toAttributes().getAll(); attributes.hasMore(); ) {
                    var each = attributes.next();
                    if (each.getID().equalsIgnoreCase(attribute) && each.get() instanceof String value) {
                        values.add(value);
                    }
                }
            }
            return values;
        } catch (NamingException unreadable) {
            return List.of();
        }
    }
}
