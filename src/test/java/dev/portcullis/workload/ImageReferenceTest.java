package dev.portcullis.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageReferenceTest {
    /** As {@code ParseNormalizedNamed} of distribution/reference 0.6.0 takes them apart. */
    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io, library/nginx",
        "nginx:1.29, docker.io, library/nginx",
        "library/nginx, docker.io, library/nginx",
        "docker.io/nginx, docker.io, library/nginx",
        "docker.io/library/nginx, docker.io, library/nginx",
        "index.docker.io/nginx, docker.io, library/nginx",
        "index.docker.io/shop/nginx, docker.io, shop/nginx",
        "shop/nginx, docker.io, shop/nginx",
        "shop/a/b, docker.io, shop/a/b",
        "localhost:5000, docker.io, library/localhost",
        "localhost, docker.io, library/localhost",
        "localhost/nginx, localhost, nginx",
        "localhost:5000/nginx, localhost:5000, nginx",
        "docker.io:443/nginx, docker.io:443, nginx",
        "reg.io/x, reg.io, x",
        "reg.io.evil/x, reg.io.evil, x",
        "reg:5000/x, reg:5000, x",
        "reg/x, docker.io, reg/x",
        "REG/x, REG, x",
        "Reg.io/x, Reg.io, x",
        "127.0.0.1/x, 127.0.0.1, x",
        "[::1]:5000/x, [::1]:5000, x",
        "a/reg.io/x, docker.io, a/reg.io/x",
    })
    void isOfARegistryAndARepository(String text, String registry, String repository) {
        ImageReference image = ImageReference.parse(text).orElseThrow();
        assertThat(image.registry()).isEqualTo(registry);
        assertThat(image.repository()).isEqualTo(repository);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deadbeef", "0", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"})
    void mayBeTheBeginningOfAnIdentifier(String text) {
        assertThat(ImageReference.parse(text).orElseThrow().mayBeIdentifier()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "deadbeef:1", "docker.io/library/deadbeef", "library/deadbeef"})
    void isNoIdentifier(String text) {
        assertThat(ImageReference.parse(text).orElseThrow().mayBeIdentifier()).isFalse();
    }

    @Test
    void anIdentifierIsOfNoRepository() {
        ImageReference image = ImageReference.parse("sha256:" + "0".repeat(64)).orElseThrow();
        assertThat(image.isIdentifier()).isTrue();
        assertThat(ImageReference.parse("a/sha256:" + "0".repeat(64))
                        .orElseThrow()
                        .isIdentifier())
                .isFalse();
    }
}
