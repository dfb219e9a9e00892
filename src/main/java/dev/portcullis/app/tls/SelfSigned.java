package dev.portcullis.app.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A CA of one's own and the serving certificate it signs, kept in a folder: {@code ca.crt}, {@code ca.key},
 * {@code tls.crt} (the chain) and {@code tls.key}.
 */
final class SelfSigned {
    private static final Logger LOG = LoggerFactory.getLogger(SelfSigned.class);

    private static final String CA_CERTIFICATE = "ca.crt";
    private static final String CA_KEY = "ca.key";
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";
    private static final Set<String> ADDRESSES = Set.of("127.0.0.1", "::1");

    private final PrivateFolder folder;
    private final Set<String> dnsNames = new TreeSet<>(Set.of("localhost"));

    /** Serves under localhost, the loopback addresses and these names. */
    SelfSigned(Path folder, Collection<String> dnsNames) throws UnusableCertificateException {
        try {
            this.folder = PrivateFolder.make(folder);
        } catch (IOException | UnsupportedOperationException e) {
            throw new UnusableCertificateException(
                    folder + " cannot be made (" + e + "): give a --data folder that can be written", e);
        }
        this.dnsNames.addAll(dnsNames);
    }

    Path authority() {
        return folder.file(CA_CERTIFICATE);
    }

    Path certificate() {
        return folder.file(CERTIFICATE);
    }

    Path key() {
        return folder.file(KEY);
    }

    /**
     * Makes what is missing: the CA, and a serving certificate when there is none that this CA signed, for all names,
     * with a third of its life to go.
     */
    void ensure(Instant now) throws UnusableCertificateException {
        try {
            Credential authority = authority(now);
            Issuer issuer = new Issuer(authority.leaf(), authority.key());
            if (!usable(issuer, now)) {
                Credential leaf = issuer.newLeaf(dnsNames, ADDRESSES, now);
                folder.writeSecret(KEY, Issuer.pem(leaf.key()));
                folder.write(CERTIFICATE, Issuer.pem(leaf.chain()));
                LOG.info(
                        "made a certificate for {} and the loopback addresses, good until {}",
                        String.join(", ", dnsNames),
                        leaf.expiry());
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new UnusableCertificateException(
                    "no certificate could be made in " + folder.path() + " (" + e + "): check that it can be written",
                    e);
        }
    }

    private Credential authority(Instant now)
            throws UnusableCertificateException, IOException, GeneralSecurityException {
        if (folder.has(CA_CERTIFICATE) != folder.has(CA_KEY)) {
            throw new UnusableCertificateException(folder.path() + " holds only one of " + CA_CERTIFICATE + " and "
                    + CA_KEY + ": restore the other, or delete it to get a new CA");
        }
        if (folder.has(CA_KEY)) {
            Credential kept = Credential.parse(PemFiles.read(authority(), folder.file(CA_KEY)));
            if (kept.expiry().isAfter(now)) {
                return kept;
            }
            LOG.warn(
                    "the CA in {} expired on {}: making a new one, which clients must be given",
                    authority(),
                    kept.expiry());
        }
        Credential made = Issuer.newAuthority(now);
        folder.writeSecret(CA_KEY, Issuer.pem(made.key()));
        folder.write(CA_CERTIFICATE, Issuer.pem(made.chain()));
        return made;
    }

    private boolean usable(Issuer issuer, Instant now) {
        if (!folder.has(CERTIFICATE) || !folder.has(KEY)) {
            return false;
        }
        try {
            X509Certificate leaf =
                    Credential.parse(PemFiles.read(certificate(), key())).leaf();
            return issuer.signed(leaf)
                    && Renewal.names(leaf).containsAll(dnsNames)
                    && Issuer.isForBothEnds(leaf)
                    && !Renewal.isDue(leaf, now);
        } catch (UnusableCertificateException | CertificateParsingException e) {
            LOG.warn("{}: making a new certificate", e.getMessage());
            return false;
        }
    }
}
