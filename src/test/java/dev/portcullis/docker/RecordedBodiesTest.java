package dev.portcullis.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedBodiesTest {
    /** One of the recorded requests tries to hide Privileged behind a second one. */
    private static final String DUPLICATE = "\"Privileged\":true,\"Privileged\":false";

    @Test
    void createBodiesDecode() throws Exception {
        List<String> images = new ArrayList<>();
        for (byte[] body : RecordedBodies.of("/containers/create")) {
            if (new String(body, UTF_8).contains(DUPLICATE)) {
                assertThatThrownBy(() -> Json.read(body)).isInstanceOf(UnreadableException.class);
            } else {
                images.add(EngineBody.create(Json.read(body)).field("Image").text());
            }
        }
        assertThat(images).hasSizeGreaterThan(30).doesNotContain("");
    }

    @Test
    void updateBodiesDecode() throws Exception {
        List<Long> limits = new ArrayList<>();
        for (byte[] body : RecordedBodies.of("/containers/[^/]+/update")) {
            GoValue limit = EngineBody.update(Json.read(body)).field("PidsLimit");
            limits.add(limit.isSet() ? limit.number() : null);
        }
        assertThat(limits).containsExactlyInAnyOrder(1000L, null, -1L);
    }

    @Test
    void execBodiesDecode() throws Exception {
        List<Boolean> privileged = new ArrayList<>();
        for (byte[] body : RecordedBodies.of("/containers/[^/]+/exec")) {
            privileged.add(EngineBody.exec(Json.read(body)).field("Privileged").flag());
        }
        assertThat(privileged).contains(true, false).hasSize(4);
    }
}
