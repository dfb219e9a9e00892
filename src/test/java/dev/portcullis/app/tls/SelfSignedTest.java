package dev.portcullis.app.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    @TempDir
    private Path data;

    @Test
    void makesALeafThatItsAuthorityVouchesFor() throws Exception {
        SelfSigned files = selfSigned("gate.example.com", "*.gate.svc");
        files.ensure(NOW);
        Credential served = served(files);
        X509Certificate authority = authority(files);

        PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
        trust.setRevocationEnabled(false);
        trust.setDate(Date.from(NOW.plus(Duration.ofDays(364))));
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(served.leaf()));
        assertThat(CertPathValidator.getInstance("PKIX").validate(path, trust)).isNotNull();

        assertThat(served.chain()).containsExactly(served.leaf(), authority);
        assertThat(served.leaf().getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactlyInAnyOrder(
                        "localhost", "gate.example.com", "*.gate.svc", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(served.leaf().getBasicConstraints()).isEqualTo(-1);
        assertThat(served.leaf().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(authority.getBasicConstraints()).isZero();
        assertThat(authority.getKeyUsage()).startsWith(false, false, false, false, false, true, true);
        assertThat(authority.getSerialNumber()).isNotEqualTo(served.leaf().getSerialNumber());
        assertThat(served.leaf().getNonCriticalExtensionOIDs()).contains("2.5.29.14", "2.5.29.35");
    }

    @Test
    void keepsItsKeysToItsOwner() throws Exception {
        selfSigned().ensure(NOW);
        Path folder = data.resolve("tls");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (var files = Files.list(folder)) {
            assertThat(files.collect(Collectors.toMap(file -> file.getFileName().toString(), SelfSignedTest::mode)))
                    .hasSize(4)
                    .containsEntry("ca.key", "rw-------")
                    .containsEntry("tls.key", "rw-------");
        }
    }

    @Test
    void usesWhatIsThereUntilAThirdOfItsLifeRemains() throws Exception {
        SelfSigned files = selfSigned();
        files.ensure(NOW);
        X509Certificate first = served(files).leaf();
        files.ensure(NOW.plus(Duration.ofDays(243)));
        assertThat(served(files).leaf()).isEqualTo(first);
        files.ensure(NOW.plus(Duration.ofDays(244)));
        assertThat(served(files).leaf()).isNotEqualTo(first);
        assertThat(new Issuer(authority(files), served(files).key())
                        .signed(served(files).leaf()))
                .isTrue();
    }

    @Test
    void makesANewLeafForNewNamesAndAfterDamage() throws Exception {
        selfSigned().ensure(NOW);
        X509Certificate first = served(selfSigned()).leaf();
        SelfSigned renamed = selfSigned("new.example.com");
        renamed.ensure(NOW);
        X509Certificate second = served(renamed).leaf();
        assertThat(second).isNotEqualTo(first);
        Files.writeString(renamed.certificate(), "damaged");
        renamed.ensure(NOW);
        assertThat(served(renamed).leaf()).isNotEqualTo(second);
    }

    @Test
    void neverOutlivesItsAuthorityAndReplacesOneThatExpired() throws Exception {
        SelfSigned files = selfSigned();
        files.ensure(NOW);
        X509Certificate authority = authority(files);
        files.ensure(NOW.plus(Duration.ofDays(3649)));
        assertThat(served(files).leaf().getNotAfter()).isEqualTo(authority.getNotAfter());
        files.ensure(NOW.plus(Duration.ofDays(3651)));
        assertThat(authority(files)).isNotEqualTo(authority);
        assertThat(new Issuer(authority(files), served(files).key())
                        .signed(served(files).leaf()))
                .isTrue();
    }

    @Test
    void refusesHalfAnAuthority() throws Exception {
        selfSigned().ensure(NOW);
        Files.delete(data.resolve("tls/ca.key"));
        assertThatThrownBy(() -> selfSigned().ensure(NOW))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("holds only one of ca.crt and ca.key");
    }

    private SelfSigned selfSigned(String... names) throws UnusableCertificateException {
        return new SelfSigned(data.resolve("tls"), List.of(names));
    }

    private static Credential served(SelfSigned files) throws UnusableCertificateException {
        return Credential.parse(PemFiles.read(files.certificate(), files.key()));
    }

    private static X509Certificate authority(SelfSigned files) throws UnusableCertificateException {
        Path key = files.authority().resolveSibling("ca.key");
        return Credential.parse(PemFiles.read(files.authority(), key)).leaf();
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
