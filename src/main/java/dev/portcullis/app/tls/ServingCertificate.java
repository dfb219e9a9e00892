package dev.portcullis.app.tls;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The certificate in use. Its source is looked at every half second; new contents that stayed the same from one look to
 * the next are taken, within two seconds that is, when they are a pair that works. Otherwise the old pair stays.
 */
public final class ServingCertificate implements AutoCloseable {
    /** The name in {@link #bundles()} of the bundle to serve with. */
    public static final String BUNDLE = "admission";

    private static final Logger LOG = LoggerFactory.getLogger(ServingCertificate.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration RENEWAL = Duration.ofHours(24);

    private final Source source;
    private final @Nullable SelfSigned selfSigned;
    private final TrustedClients clients;
    private final Clock clock;
    private final DefaultSslBundleRegistry bundles;
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("certificates").daemon().factory());

    private volatile Credential current;
    private volatile SslBundle peers;
    private volatile boolean provisional;
    private @Nullable PemFiles decided;
    private @Nullable PemFiles seen;
    private @Nullable String complaint;

    /** Where the pair comes from; null while there is none. */
    @FunctionalInterface
    interface Source {
        @Nullable PemFiles read() throws UnusableCertificateException;
    }

    private ServingCertificate(
            Source source,
            @Nullable Credential otherwise,
            @Nullable SelfSigned selfSigned,
            TrustedClients clients,
            Clock clock)
            throws UnusableCertificateException {
        this.clients = clients;
        this.source = source;
        this.selfSigned = selfSigned;
        this.clock = clock;
        if (otherwise == null) {
            PemFiles found = Objects.requireNonNull(source.read());
            this.decided = found;
            this.current = usable(found);
            this.bundles = new DefaultSslBundleRegistry(BUNDLE, current.bundle(clients.read(found)));
            this.peers = current.bundle(peers(found));
        } else {
            this.current = otherwise;
            this.provisional = true;
            this.bundles = new DefaultSslBundleRegistry(BUNDLE, current.bundle(provisionally(clients, otherwise)));
            this.peers = current.bundle(otherwise.chain());
        }
    }

    /** Until there is a certificate, nobody can show one of its peers. */
    private static List<X509Certificate> provisionally(TrustedClients clients, Credential nobodys)
            throws UnusableCertificateException {
        Path file = clients.authorities();
        return file == null ? nobodys.chain().subList(1, nobodys.chain().size()) : PemFiles.certificates(file);
    }

    /** Who hands nothing over need not know who has signed his certificate. */
    private static List<X509Certificate> peers(PemFiles files) throws UnusableCertificateException {
        return files.authorities() == null ? List.of() : files.trusted();
    }

    /**
     * Serves with the certificate of these files.
     *
     * @param authority the file of the CA that has signed it, null where nobody need know
     * @throws UnusableCertificateException when they are missing, unreadable, expired or no pair
     */
    public static ServingCertificate ofFiles(
            Path certificate, Path key, @Nullable Path authority, TrustedClients clients)
            throws UnusableCertificateException {
        return new ServingCertificate(
                () -> PemFiles.read(certificate, key, authority), null, null, clients, Clock.systemUTC());
    }

    /** The same where clients are asked for no certificate. */
    public static ServingCertificate selfSigned(Path folder, Collection<String> dnsNames)
            throws UnusableCertificateException {
        return selfSigned(folder, dnsNames, TrustedClients.NOBODY);
    }

    /**
     * Serves with a certificate of one's own, made and renewed in a folder.
     *
     * @param dnsNames names besides localhost
     * @throws UnusableCertificateException when the folder cannot be written, or what it holds is damaged
     */
    public static ServingCertificate selfSigned(Path folder, Collection<String> dnsNames, TrustedClients clients)
            throws UnusableCertificateException {
        SelfSigned selfSigned = new SelfSigned(folder, dnsNames);
        Clock clock = Clock.systemUTC();
        selfSigned.ensure(clock.instant());
        return new ServingCertificate(
                () -> PemFiles.read(selfSigned.certificate(), selfSigned.key(), selfSigned.authority()),
                null,
                selfSigned,
                clients,
                clock);
    }

    /**
     * Serves with a certificate that gates share, and until there is one with one that nobody trusts.
     *
     * @param store where it is kept, looked at every few seconds
     * @param name of the store, as people name it
     * @throws UnusableCertificateException when the authorities cannot be read
     */
    public static ServingCertificate shared(SharedCertificate.Store store, String name, TrustedClients clients)
            throws UnusableCertificateException {
        Clock clock = Clock.systemUTC();
        try {
            Credential authority = Issuer.newAuthority(clock.instant());
            Credential nobodys = new Issuer(authority.leaf(), authority.key())
                    .newLeaf(Set.of("localhost"), Set.of(), clock.instant());
            return new ServingCertificate(new SharedSource(store, name, clock), nobodys, null, clients, clock);
        } catch (GeneralSecurityException e) {
            throw new UnusableCertificateException("no certificate can be made here: " + e.getMessage(), e);
        }
    }

    /** Whether it still waits for the certificate that it is to serve with. */
    public boolean isProvisional() {
        return provisional;
    }

    /** What to call others with that show a certificate of the same authority; another one after a change. */
    public SslBundle peers() {
        return peers;
    }

    /** The certificate itself. */
    public X509Certificate leaf() {
        return current.leaf();
    }

    /** The CA's file, for clients to trust; null when the certificate is not one's own. */
    public @Nullable Path authority() {
        return selfSigned == null ? null : selfSigned.authority();
    }

    /** The bundle to serve with, which changes with the files. */
    public SslBundles bundles() {
        return bundles;
    }

    /** Begins to look at the files, and to renew one's own certificate. */
    public void watch(MeterRegistry registry) {
        TimeGauge.builder(
                        "portcullis.certificate.expiry.timestamp",
                        this,
                        TimeUnit.SECONDS,
                        self -> self.current.expiry().getEpochSecond())
                .description("When the serving certificate expires, in seconds since 1970")
                .register(registry);
        Counter taken = reloads(registry, "taken");
        Counter refused = reloads(registry, "refused");
        ScheduledFuture<?> unused = watcher.scheduleWithFixedDelay(
                () -> look(taken, refused), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        unused =
                watcher.scheduleWithFixedDelay(this::renew, RENEWAL.toSeconds(), RENEWAL.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }

    private static Counter reloads(MeterRegistry registry, String result) {
        return Counter.builder("portcullis.certificate.reloads")
                .description("Changes of the certificate's files, taken or refused")
                .tag("result", result)
                .register(registry);
    }

    private void look(Counter taken, Counter refused) {
        try {
            PemFiles now = source.read();
            boolean settled = now != null && now.equals(seen);
            seen = now;
            if (!settled || now == null || now.equals(decided)) {
                return;
            }
            decided = now;
            Credential next = usable(now);
            bundles.updateBundle(BUNDLE, next.bundle(clients.read(now)));
            peers = next.bundle(peers(now));
            current = next;
            provisional = false;
            complaint = null;
            taken.increment();
            LOG.info("certificate loaded from {}, good until {}", now.certificateFile(), current.expiry());
        } catch (UnusableCertificateException e) {
            complain(e.sentence(), refused);
        } catch (RuntimeException e) {
            complain("the certificate cannot be served with: " + e, refused);
        }
    }

    private void complain(String sentence, Counter refused) {
        if (!sentence.equals(complaint)) {
            complaint = sentence;
            refused.increment();
            LOG.error("the old certificate stays in use: {}", sentence);
        }
    }

    private void renew() {
        try {
            if (selfSigned != null) {
                selfSigned.ensure(clock.instant());
            }
        } catch (UnusableCertificateException | RuntimeException e) {
            LOG.error("the certificate could not be renewed: {}", e.toString());
        }
    }

    private Credential usable(PemFiles files) throws UnusableCertificateException {
        Credential credential = Credential.parse(files);
        if (credential.expiry().isBefore(clock.instant())) {
            throw new UnusableCertificateException("the certificate in " + files.certificateFile() + " expired on "
                    + credential.expiry() + ": give a valid one");
        }
        return credential;
    }
}
