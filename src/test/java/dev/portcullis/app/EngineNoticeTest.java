package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.OpenAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class EngineNoticeTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhichSpecificationsVerifyNobody() throws Exception {
        assertThat(EngineNotice.unverified("portcullis", List.of(folder))).isEmpty();

        Path json = Files.writeString(folder.resolve("portcullis.json"), "{\"TLSConfig\": {\"CAFile\": \"/ca.crt\"}}");
        assertThat(EngineNotice.unverified("portcullis", List.of(folder))).isEmpty();

        Files.writeString(json, "{\"Name\": \"portcullis\", \"Addr\": \"https://localhost:8443\"}");
        Files.writeString(folder.resolve("portcullis.spec"), "tcp://localhost:8443");
        assertThat(EngineNotice.unverified("portcullis", List.of(folder)))
                .containsExactly(
                        folder
                                + "/portcullis.spec has the engine trust whoever answers: write portcullis.json with a CAFile instead",
                        json + " names no CAFile, so that the engine trusts whoever answers: add one");
    }

    @Test
    void readsWhatASpecificationSaysNotHowItIsSpelled() throws Exception {
        Path json = Files.writeString(folder.resolve("gate.json"), "{\"Name\": \"CAFile\"}");
        assertThat(EngineNotice.unverified("gate", List.of(folder)))
                .containsExactly(json + " names no CAFile, so that the engine trusts whoever answers: add one");
        Files.writeString(json, "{");
        assertThat(EngineNotice.unverified("gate", List.of(folder)))
                .singleElement()
                .asString()
                .contains("cannot be read, so whether it names a CAFile is not known");
    }

    /** In the words of engines from 20.10 on, and of later ones ({@code daemon/info.go} of {@code github.com/docker/docker}). */
    @Test
    void saysWhereAnEngineTakesRequestsOfAnybody() {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.putArray("Warnings")
                .add("WARNING: No swap limit support")
                .add("WARNING: API is accessible on http://0.0.0.0:2375 without encryption.\n  Access to the remote")
                .add(
                        "[DEPRECATION NOTICE]: API is accessible on https://10.0.0.1:2376 without TLS client verification.\n");
        assertThat(EngineNotice.anonymous(OpenAddress.in(info)))
                .containsExactly(
                        "the engine's API is open at http://0.0.0.0:2375 to clients without certificates, who are not told"
                                + " apart: give dockerd --tlsverify",
                        "the engine's API is open at https://10.0.0.1:2376 to clients without certificates, who are not told"
                                + " apart: give dockerd --tlsverify");
    }
}
