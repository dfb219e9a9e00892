package dev.portcullis.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.workload.ImageConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownImagesTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final String OTHER = "sha256:" + "cd".repeat(32);
    private static final ImageConfig CONFIG = new ImageConfig("10001", false, List.of(), null);

    private static boolean knows(String known, String asked) {
        KnownImages images = new KnownImages();
        images.add(known.replace("DIGEST", DIGEST), CONFIG);
        return images.find(asked.replace("DIGEST", DIGEST).replace("OTHER", OTHER))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, nginx:latest",
        "nginx, docker.io/library/nginx",
        "docker.io/nginx:1.29, nginx:1.29",
        "index.docker.io/library/nginx, nginx",
        "docker.io/grafana/grafana:12, grafana/grafana:12",
        "localhost/web:1, localhost/web:1",
        "reg.example:5000/web, reg.example:5000/web:latest",
        "nginx@DIGEST, docker.io/library/nginx@DIGEST",
        "nginx@DIGEST, nginx:1.29@DIGEST",
        "DIGEST, DIGEST",
    })
    void takesTheNamesOfOneImageForOne(String known, String asked) {
        assertThat(knows(known, asked)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, nginx:1.29",
        "nginx:1.29, nginx",
        "nginx, grafana/nginx",
        "nginx, reg.example/library/nginx",
        "reg.example/web, reg.example.evil/web",
        "reg.example/web, reg.example:5000/web",
        "nginx:1.29, nginx:1.29@DIGEST",
        "nginx:1.29@DIGEST, nginx:1.29",
        "nginx@DIGEST, nginx@OTHER",
        "nginx@DIGEST, other@DIGEST",
        "DIGEST, nginx@DIGEST",
        "nginx, 'nginx '",
        "nginx, Nginx",
    })
    void neverTakesOneImageForAnother(String known, String asked) {
        assertThat(knows(known, asked)).isFalse();
    }

    @Test
    void refusesTwoConfigurationsForOneName() {
        KnownImages images = new KnownImages();
        images.add("nginx", CONFIG);
        assertThatCode(() -> images.add("nginx:latest", CONFIG)).doesNotThrowAnyException();
        assertThatThrownBy(() -> images.add("docker.io/nginx", new ImageConfig(null, false, List.of(), null)))
                .hasMessage("two configurations are given for \"docker.io/nginx\": keep one of them");
    }

    @Test
    void refusesWhatIsNoName() {
        assertThatThrownBy(() -> new KnownImages().add("a//b", CONFIG)).hasMessage("\"a//b\" is no valid image name");
    }
}
