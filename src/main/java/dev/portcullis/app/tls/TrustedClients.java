package dev.portcullis.app.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose client certificates are looked at.
 *
 * @param authorities PEM file of those that sign them; null where there is none
 * @param peers whether those are that sign the serving certificate itself: whoever shows one is of the same installation
 */
public record TrustedClients(@Nullable Path authorities, boolean peers) {
    /** Nobody's. */
    public static final TrustedClients NOBODY = new TrustedClients(null, false);

    List<X509Certificate> read(PemFiles files) throws UnusableCertificateException {
        if (peers) {
            return files.trusted();
        }
        return authorities == null ? List.of() : PemFiles.certificates(authorities);
    }
}
