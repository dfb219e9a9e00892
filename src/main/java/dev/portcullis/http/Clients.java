package dev.portcullis.http;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whom a webhook answers, by the certificate that the client has shown on its connection. */
public final class Clients {
    /** Everybody, with a certificate or without. */
    public static final Clients ANYBODY = new Clients(_ -> null);

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final Rule rule;

    private Clients(Rule rule) {
        this.rule = rule;
    }

    /** Why a certificate, null where none was shown, does not do; null where it does. */
    @FunctionalInterface
    private interface Rule {
        @Nullable String refusal(@Nullable X509Certificate shown);
    }

    /**
     * Those with a certificate that the connector has verified.
     *
     * @param names common names of which the certificate must have one, and no other; empty is any
     */
    public static Clients verified(Set<String> names) {
        Set<String> accepted = Set.copyOf(names);
        return new Clients(shown -> refusal(shown, accepted));
    }

    /**
     * Those with a certificate that the connector has verified, of the same subject and for the same names as one's own: an
     * authority may sign others too.
     */
    public static Clients like(Supplier<X509Certificate> own) {
        return new Clients(shown -> shown != null && isLike(shown, own.get())
                ? null
                : "show the certificate that gates and console have in common: portcullis.tls is the same for both");
    }

    private static boolean isLike(X509Certificate shown, X509Certificate own) {
        try {
            return shown.getSubjectX500Principal().equals(own.getSubjectX500Principal())
                    && names(shown).equals(names(own));
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }

    private static Set<List<?>> names(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null ? Set.of() : Set.copyOf(names);
    }

    /** Why whoever asks is not answered, with what to do; null where it is. */
    public @Nullable String refusal(HttpServletRequest request) {
        return rule.refusal(certificate(request));
    }

    private static @Nullable String refusal(@Nullable X509Certificate shown, Set<String> names) {
        if (shown == null) {
            return "show a client certificate of the authority that portcullis.admission.client-ca names";
        }
        List<String> common = SubjectNames.of(shown, "CN");
        return names.isEmpty() || (common.size() == 1 && names.contains(common.getFirst()))
                ? null
                : "the client certificate has another common name than portcullis.admission.client-names accepts";
    }

    private static @Nullable X509Certificate certificate(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? chain[0]
                : null;
    }
}
