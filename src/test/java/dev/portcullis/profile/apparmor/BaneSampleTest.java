package dev.portcullis.profile.apparmor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.profile.ProfileException;
import dev.portcullis.testing.AppArmorParser;
import dev.portcullis.testing.AppArmorParser.Automaton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What bane made of its own sample allows, as AppArmor's parser reads it, and what is made of it here: docs/profiles.md. */
class BaneSampleTest {
    private static final Path SAMPLE = Path.of("docs/examples/profiles/nginx.toml");

    @BeforeEach
    void requireParser() {
        AppArmorParser.require();
    }

    private static String resource(String name) throws IOException {
        try (var content = BaneSampleTest.class.getResourceAsStream(name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String ours(Style style) throws IOException, ProfileException {
        AppArmorProfiles profiles = new AppArmorProfiles(style, Mode.enforce, Abi.V3, List.of(), List.of(), List.of());
        profiles.addBane("nginx.toml", Files.readAllBytes(SAMPLE), null);
        return profiles.text();
    }

    @Test
    void banesOutputRunsAndWritesWhatItsFileDoesNotList() throws IOException {
        Automaton bane = AppArmorParser.automaton(resource("nginx.bane"));
        assertThat(bane.allows("/bin/bash", "x")).isTrue();
        assertThat(bane.allows("/usr/bin/curl", "x")).isTrue();
        assertThat(bane.allows("/tmp/dropped", "x")).isTrue();
        assertThat(bane.allows("/var/lib/cron/evil", "w")).isTrue();
        assertThat(bane.allows("/new", "w")).isTrue();
        assertThat(bane.allows("/dev/null", "w")).isFalse();
        assertThat(bane.allows("/bin/sh", "x")).isFalse();
    }

    @Test
    void oursRunsAndWritesNothingElse() throws IOException, ProfileException {
        Automaton ours = AppArmorParser.automaton(ours(Style.ALLOW_LIST));
        assertThat(ours.allows("/usr/sbin/nginx", "xr")).isTrue();
        assertThat(ours.allows("/var/run/nginx.pid", "rw")).isTrue();
        assertThat(ours.allows("/dev/null", "rw")).isTrue();
        assertThat(ours.allows("/etc/nginx/nginx.conf", "r")).isTrue();
        for (String program : List.of("/bin/bash", "/usr/bin/curl", "/tmp/dropped", "/bin/sh", "/usr/bin/top")) {
            assertThat(ours.allows(program, "x")).as(program).isFalse();
        }
        for (String path : List.of("/var/lib/cron/evil", "/new", "/etc/passwd", "/tmp/x", "/var/run/nginx.pid2")) {
            assertThat(ours.allows(path, "w")).as(path).isFalse();
        }
        assertThat(ours.allows("/bin/sh", "r")).isFalse();
    }

    @Test
    void theStyleOfDockersOwnProfileLeavesReadOnlyWhatTheFileSays() throws IOException, ProfileException {
        Automaton ours = AppArmorParser.automaton(ours(Style.DOCKER_DEFAULT));
        assertThat(ours.allows("/bin/bash", "x")).isTrue();
        assertThat(ours.allows("/var/cache/nginx/x", "w")).isTrue();
        assertThat(ours.allows("/dev/null", "rw")).isTrue();
        assertThat(ours.allows("/dev/pts/0", "rw")).isTrue();
        for (String path : List.of("/etc/passwd", "/tmp/x", "/dev/sda", "/dev/nullx", "/usr/bin/x")) {
            assertThat(ours.allows(path, "w")).as(path).isFalse();
            assertThat(ours.allows(path, "r")).as(path).isTrue();
        }
        assertThat(ours.allows("/bin/sh", "r")).isFalse();
    }

    /** The older sample, which its README shows, has protocols too. */
    @Test
    void protocolsAreOfBothFamiliesAndLeaveNetlink() throws IOException, ProfileException {
        String older = Files.readString(SAMPLE)
                .replace("Packet = false", "Packet = false\nProtocols = [\"tcp\", \"udp\", \"icmp\"]");
        String ours = profile(Style.ALLOW_LIST, older);
        assertThat(AppArmorParser.problem(ours)).isEmpty();
        assertThat(ours)
                .contains(
                        "  network inet stream,",
                        "  network inet6 stream,",
                        "  network inet6 dgram,",
                        "  network netlink raw,")
                .doesNotContain("network inet raw", "network packet");
        assertThat(profile(Style.DOCKER_DEFAULT, older))
                .contains("  deny network inet raw,", "  deny network packet,")
                .doesNotContain("deny network raw,");
    }

    @Test
    void aWritablePathWithinAReadOnlyOneStaysWritableInBothStyles() throws ProfileException {
        String toml = """
                Name = "app"
                [Filesystem]
                ReadOnlyPaths = ["/var/**", "/etc/**"]
                WritablePaths = ["/var/run/app.pid", "/var/cache/app/**", "/etc/mtab"]
                """;
        for (Style style : Style.values()) {
            Automaton ours = AppArmorParser.automaton(profile(style, toml));
            for (String path : List.of("/var/run/app.pid", "/var/cache/app/x/y", "/etc/mtab")) {
                assertThat(ours.allows(path, "rw")).as(style + " " + path).isTrue();
            }
            for (String path : List.of(
                    "/var/run/app.pidx",
                    "/var/run/app.pi",
                    "/var/run/app.pid/x",
                    "/var/run",
                    "/var/x",
                    "/var/cache/apple",
                    "/var/cachet/app/x",
                    "/etc/mtabs",
                    "/etc/mta",
                    "/etc/passwd",
                    "/var/cache/x/app/y")) {
                assertThat(ours.allows(path, "w")).as(style + " " + path).isFalse();
            }
        }
        Automaton bane = AppArmorParser.automaton("""
                include <tunables/global>
                profile docker-app flags=(attach_disconnected,mediate_deleted) {
                  file,
                  deny /var/** wl,
                  /var/run/app.pid w,
                }
                """);
        assertThat(bane.allows("/var/run/app.pid", "w")).isFalse();
    }

    private static String profile(Style style, String toml) throws ProfileException {
        AppArmorProfiles profiles = new AppArmorProfiles(style, Mode.enforce, Abi.V3, List.of(), List.of(), List.of());
        profiles.addBane("app.toml", toml.getBytes(StandardCharsets.UTF_8), null);
        return profiles.text();
    }
}
