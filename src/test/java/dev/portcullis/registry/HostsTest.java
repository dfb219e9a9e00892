package dev.portcullis.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.workload.ImageReference;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
    @ParameterizedTest
    @CsvSource({
        "registry.example.com, registry.example.com, true",
        "registry.example.com, REGISTRY.example.com, true",
        "registry.example.com, registry.example.com:443, true",
        "registry.example.com, registry.example.com:5000, false",
        "registry.example.com:5000, registry.example.com:5000, true",
        "registry.example.com, evil-registry.example.com, false",
        "*.example.com, a.example.com, true",
        "*.example.com, a.b.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, evilexample.com, false",
        "*.example.com, example.com.evil.org, false",
        "*.example.com:5000, a.example.com, false",
        "docker.io, docker.io, true",
        "localhost:5000, localhost:5000, true",
        "'[::1]:5000', '[::1]:5000', true",
    })
    void matchWhatIsListed(String pattern, String registry, boolean expected) {
        HostPattern listed = HostPattern.parse(pattern).orElseThrow();
        assertThat(listed.matches(Host.ofRegistry(registry).orElseThrow())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "*.com",
                "a.*.com",
                "*a.example.com",
                "https://a.example",
                "a/b",
                "a:0",
                "a:70000",
                "",
                "a b"
            })
    void areNotAnyText(String text) {
        assertThat(HostPattern.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io/library/nginx:latest",
        "index.docker.io/library/nginx:1, docker.io/library/nginx:1",
        "docker.io/nginx:1, docker.io/library/nginx:1",
        "Registry.example:443/a/b:1, registry.example/a/b:1",
        "registry.example:5000/a, registry.example:5000/a:latest",
    })
    void nameOneImageHoweverItIsWritten(String written, String name) {
        assertThat(ImageName.of(ImageReference.parse(written).orElseThrow())).hasToString("Optional[" + name + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, true",
        "2606:4700::1111, true",
        "0.0.0.0, false",
        "10.255.255.255, false",
        "11.0.0.0, true",
        "100.64.0.1, false",
        "100.128.0.1, true",
        "127.9.9.9, false",
        "169.254.169.254, false",
        "172.15.255.255, true",
        "172.16.0.1, false",
        "172.31.255.255, false",
        "172.32.0.0, true",
        "192.168.1.1, false",
        "198.19.0.1, false",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "::, false",
        "::1, false",
        "::ffff:127.0.0.1, false",
        "fe80::1, false",
        "fc00::1, false",
        "fd12:3456::1, false",
        "ff02::1, false",
        "64:ff9b::7f00:1, false",
        "2002:7f00:1::1, false",
        "2001:0:1::1, false",
        "2001:db8::1, false",
        "2001:4860:4860::8888, true",
    })
    void tellWhatIsPublic(String address, boolean expected) throws Exception {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isEqualTo(expected);
    }

    @Test
    void ofDockerHubAreSeveral() {
        HostRules rules = new HostRules(List.of(HostPattern.parse("docker.io").orElseThrow()), List.of(), List.of());
        Host hub = Host.ofRegistry("docker.io").orElseThrow();
        Host tokens = Host.ofRegistry("auth.docker.io").orElseThrow();
        Host other = Host.ofRegistry("registry.example").orElseThrow();
        assertThat(HostRules.contact(hub)).hasToString("registry-1.docker.io");
        assertThat(rules.mayGiveTokens(tokens, hub)).isTrue();
        assertThat(rules.mayGiveTokens(tokens, other)).isFalse();
        assertThat(rules.mayGiveTokens(other, other)).isTrue();
    }

    @Test
    void haveThePasswordsThatAreWrittenForThem(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("config.json"), """
                {"auths": {
                  "https://index.docker.io/v1/": {"auth": "aHViOm9uZTp0d28="},
                  "registry.example:5000": {"username": "ann", "password": "secret"},
                  "https://other.example/team": {"auth": "YTpi"},
                  "empty.example": {"auth": "%%%"},
                  "token.example": {"identitytoken": "x"}},
                 "credsStore": "desktop"}""");
        DockerConfig config = DockerConfig.read(file);
        assertThat(config.of(new Host("docker.io", 443))).contains(new Login("hub", "one:two"));
        assertThat(config.of(new Host("registry.example", 5000))).contains(new Login("ann", "secret"));
        assertThat(config.of(new Host("registry.example", 443))).isEmpty();
        assertThat(config.of(new Host("other.example", 443))).isEmpty();
        assertThat(config.of(new Host("empty.example", 443))).isEmpty();
        assertThat(config.of(new Host("token.example", 443))).isEmpty();
        assertThat(new Login("ann", "secret")).hasToString("ann");
    }
}
