package dev.portcullis.http;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom a webhook answers, by the certificate that the client has shown on its connection. */
public final class Clients {
    /** Everybody, with a certificate or without. */
    public static final Clients ANYBODY = new Clients(false, Set.of());

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final boolean verified;
    private final Set<String> names;

    private Clients(boolean verified, Set<String> names) {
        this.verified = verified;
        this.names = names;
    }

    /**
     * Those with a certificate that the connector has verified.
     *
     * @param names common names of which the certificate must have one, and no other; empty is any
     */
    public static Clients verified(Set<String> names) {
        return new Clients(true, Set.copyOf(names));
    }

    /** Why whoever asks is not answered, with what to do; null where it is. */
    public @Nullable String refusal(HttpServletRequest request) {
        if (!verified) {
            return null;
        }
        X509Certificate shown = certificate(request);
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
