package dev.portcullis.app.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.pem.PemContent;

class SharedCertificateTest {
    private static final Instant START = Instant.parse("2026-11-29T00:00:00Z");

    private final Map<String, String> kept = new HashMap<>();
    private boolean refusing;
    private final SharedCertificate shared = new SharedCertificate(
            new SharedCertificate.Store() {
                @Override
                public Map<String, String> read() {
                    return Map.copyOf(kept);
                }

                @Override
                public boolean write(Map<String, String> texts) {
                    if (!refusing) {
                        kept.putAll(texts);
                    }
                    return !refusing;
                }
            },
            List.of("gate.portcullis.svc", "[::1]"));

    @Test
    void isMadeOnceWithAllItsNames() throws Exception {
        String bundle = shared.keep(START, null);
        Map<String, String> first = Map.copyOf(kept);

        assertThat(shared.keep(START.plus(Duration.ofDays(200)), bundle)).isEqualTo(bundle);
        assertThat(kept).isEqualTo(first);
        assertThat(Renewal.names(leaf())).containsExactlyInAnyOrder("gate.portcullis.svc", "0:0:0:0:0:0:0:1");
        assertThat(certificates(bundle)).hasSize(1);
    }

    /** Twenty years in steps of ten days: whoever is a step behind, gate or caller, still gets on with the others. */
    @Test
    void isRenewedWithoutAMomentInWhichSomebodyIsRefused() throws Exception {
        String bundle = shared.keep(START, null);
        X509Certificate leaf = leaf();
        int leaves = 1;
        int authorities = 1;
        for (Instant now = START;
                now.isBefore(START.plus(Duration.ofDays(7300)));
                now = now.plus(Duration.ofDays(10))) {
            String next = shared.keep(now, bundle);
            X509Certificate served = leaf();
            for (X509Certificate each : List.of(leaf, served)) {
                assertThat(each.getNotAfter().toInstant()).isAfter(now);
                assertThat(trusts(bundle, each, now))
                        .as("callers of before, at " + now)
                        .isTrue();
                assertThat(trusts(next, each, now))
                        .as("callers of now, at " + now)
                        .isTrue();
            }
            assertThat(certificates(next)).hasSizeBetween(1, 2);
            leaves += served.equals(leaf) ? 0 : 1;
            authorities +=
                    certificates(next).getFirst().equals(certificates(bundle).getFirst()) ? 0 : 1;
            bundle = next;
            leaf = served;
        }
        assertThat(leaves).isBetween(30, 40);
        assertThat(authorities).isEqualTo(3);
    }

    @Test
    void aNewAuthoritySignsOnlyWhenCallersHaveHeardOfIt() throws Exception {
        String bundle = shared.keep(START, null);
        X509Certificate leaf = leaf();
        kept.remove(SharedCertificate.CA_KEY);

        String both = shared.keep(START, bundle);
        assertThat(certificates(both)).hasSize(2);
        assertThat(shared.keep(START, bundle)).isEqualTo(both);
        assertThat(shared.keep(START, null)).isEqualTo(both);
        assertThat(leaf()).isEqualTo(leaf);

        assertThat(shared.keep(START, both)).isEqualTo(both);
        assertThat(leaf()).isNotEqualTo(leaf);
        assertThat(trusts(both, leaf(), START)).isTrue();
        assertThat(trusts(bundle, leaf(), START)).isFalse();
    }

    @Test
    void whatCannotServeIsReplacedAtOnce() {
        shared.keep(START, null);
        for (String damaged : List.of(SharedCertificate.KEY, SharedCertificate.CERTIFICATE)) {
            X509Certificate leaf = leaf();
            kept.put(damaged, "-----BEGIN NOTHING-----");
            shared.keep(START, null);
            assertThat(leaf()).isNotEqualTo(leaf);
        }
        X509Certificate old = leaf();
        String bundle = shared.keep(START.plus(Duration.ofDays(366)), null);
        assertThat(leaf()).isNotEqualTo(old);
        assertThat(trusts(bundle, leaf(), START.plus(Duration.ofDays(366)))).isTrue();
    }

    @Test
    void whereAnotherWroteMeanwhileNothingIsSaid() {
        refusing = true;
        assertThat(shared.keep(START, null)).isNull();
        refusing = false;
        assertThat(shared.keep(START, null)).isNotNull();
    }

    private X509Certificate leaf() {
        return certificates(kept.get(SharedCertificate.CERTIFICATE)).getFirst();
    }

    private static List<X509Certificate> certificates(@Nullable String pem) {
        return PemContent.of(Objects.requireNonNull(pem)).getCertificates();
    }

    private static boolean trusts(@Nullable String bundle, X509Certificate leaf, Instant now) {
        return certificates(bundle).stream()
                .filter(authority -> authority.getNotAfter().toInstant().isAfter(now))
                .anyMatch(authority -> Issuer.signed(authority, leaf));
    }
}
