package dev.portcullis.app.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A CA and a serving certificate that several gates share: one of them makes and renews, all serve with it. A new CA is
 * trusted beside the old one first; only when callers have been told does it sign, and the old one is trusted until nothing
 * that it signed can be in use.
 */
public final class SharedCertificate {
    static final String CA_CERTIFICATE = "ca.crt";
    static final String CA_KEY = "ca.key";
    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";

    /** All CAs to trust, the present one first. */
    static final String BUNDLE = "bundle.crt";

    private static final Logger LOG = LoggerFactory.getLogger(SharedCertificate.class);

    private final Store store;
    private final Set<String> dnsNames = new TreeSet<>();
    private final Set<String> addresses = new TreeSet<>();

    /** Whether a URL's host is an IP address, and no name. */
    public static boolean isAddress(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }

    /** Where it is kept. */
    public interface Store {
        /** What is kept now, by name. */
        Map<String, String> read();

        /** Keeps these texts unless others were written since the last {@link #read()}, which is told by false. */
        boolean write(Map<String, String> texts);
    }

    /** One that is kept there, for these DNS names and IP addresses. */
    public SharedCertificate(Store store, Collection<String> names) {
        this.store = store;
        for (String name : names) {
            (isAddress(name) ? addresses : dnsNames).add(name.replaceAll("[\\[\\]]", ""));
        }
    }

    /** The pair to serve with; null before there is one. */
    static @Nullable PemFiles pair(Map<String, String> kept, String name) {
        String certificate = kept.get(CERTIFICATE);
        String key = kept.get(KEY);
        return certificate == null || key == null
                ? null
                : new PemFiles(CERTIFICATE + " of " + name, KEY + " of " + name, certificate, key, kept.get(BUNDLE));
    }

    /**
     * Makes and renews what is due, a step at a time.
     *
     * @param spread PEM of the CAs that callers have been told to trust; null where that is not known
     * @return PEM of the CAs that callers shall trust; null where another wrote meanwhile, so that it is to be asked again
     */
    public @Nullable String keep(Instant now, @Nullable String spread) {
        try {
            Map<String, String> kept = store.read();
            Authority authority = authority(kept, now);
            Credential renewed = renewed(kept, authority, now, spread);
            String bundle = Issuer.pem(trusted(authority, now));
            return save(kept, authority, renewed, bundle) ? bundle : null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificate could be made: " + e.getMessage(), e);
        }
    }

    /**
     * The CA to sign with.
     *
     * @param others CAs before it that are trusted too
     */
    private record Authority(Credential credential, List<X509Certificate> others, boolean made) {
        Issuer issuer() {
            return new Issuer(credential.leaf(), credential.key());
        }
    }

    private static Authority authority(Map<String, String> kept, Instant now) throws GeneralSecurityException {
        Credential present = credential(kept, CA_CERTIFICATE, CA_KEY);
        List<X509Certificate> known = certificates(kept.get(BUNDLE));
        if (present != null && !Renewal.isDue(present.leaf(), now)) {
            known.remove(present.leaf());
            return new Authority(present, known, false);
        }
        if (present != null && !known.contains(present.leaf())) {
            known.addFirst(present.leaf());
        }
        Credential made = Issuer.newAuthority(now);
        LOG.info("made a CA, good until {}", made.expiry());
        return new Authority(made, known, true);
    }

    /** A new serving certificate; null where the present one stays. */
    private @Nullable Credential renewed(
            Map<String, String> kept, Authority authority, Instant now, @Nullable String spread)
            throws GeneralSecurityException {
        Credential present = credential(kept, CERTIFICATE, KEY);
        if (present != null && serves(present.leaf(), authority, now)) {
            boolean ofPresentAuthority = authority.issuer().signed(present.leaf());
            boolean due = Renewal.isDue(present.leaf(), now) || !ofPresentAuthority;
            // The new CA's certificates would be refused by those who have not heard of it.
            boolean trusted = ofPresentAuthority
                    || (!authority.made && certificates(spread).contains(authority.credential.leaf()));
            if (!due || !trusted) {
                return null;
            }
        }
        Credential made = authority.issuer().newLeaf(dnsNames, addresses, now);
        LOG.info("made a certificate for {}, good until {}", String.join(", ", dnsNames), made.expiry());
        return made;
    }

    /** Whether callers take it as it is. */
    private boolean serves(X509Certificate leaf, Authority authority, Instant now) {
        List<X509Certificate> all = new ArrayList<>(authority.others);
        all.add(authority.credential.leaf());
        try {
            return leaf.getNotAfter().toInstant().isAfter(now)
                    && Renewal.names(leaf).containsAll(dnsNames)
                    && Issuer.isForBothEnds(leaf)
                    && all.stream().anyMatch(one -> Issuer.signed(one, leaf));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /** A CA is trusted while it signs, and after that until everything that it signed has expired. */
    private static List<X509Certificate> trusted(Authority authority, Instant now) {
        X509Certificate present = authority.credential.leaf();
        List<X509Certificate> trusted = new ArrayList<>(List.of(present));
        if (present.getNotBefore().toInstant().plus(Issuer.LEAF_LIFE).isAfter(now)) {
            authority.others.stream()
                    .filter(other -> other.getNotAfter().toInstant().isAfter(now))
                    .forEach(trusted::add);
        }
        return trusted;
    }

    private boolean save(Map<String, String> kept, Authority authority, @Nullable Credential renewed, String bundle) {
        Map<String, String> changed = new HashMap<>();
        if (authority.made) {
            changed.put(CA_CERTIFICATE, Issuer.pem(authority.credential.chain()));
            changed.put(CA_KEY, Issuer.pem(authority.credential.key()));
        }
        if (renewed != null) {
            changed.put(CERTIFICATE, Issuer.pem(renewed.chain()));
            changed.put(KEY, Issuer.pem(renewed.key()));
        }
        if (!bundle.equals(kept.get(BUNDLE))) {
            changed.put(BUNDLE, bundle);
        }
        return changed.isEmpty() || store.write(changed);
    }

    /** Null where it is missing, damaged or no pair, so that a new one is made. */
    private static @Nullable Credential credential(Map<String, String> kept, String certificate, String key) {
        String chain = kept.get(certificate);
        String secret = kept.get(key);
        if (chain == null || secret == null) {
            return null;
        }
        try {
            return Credential.parse(new PemFiles(certificate, key, chain, secret, null));
        } catch (UnusableCertificateException e) {
            LOG.warn("{}: making a new one", e.getMessage());
            return null;
        }
    }

    private static List<X509Certificate> certificates(@Nullable String pem) {
        try {
            return pem == null || pem.isBlank()
                    ? new ArrayList<>()
                    : new ArrayList<>(PemContent.of(pem).getCertificates());
        } catch (RuntimeException e) {
            LOG.warn("{} is damaged: making a new one", BUNDLE);
            return new ArrayList<>();
        }
    }
}
