package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineNoticeTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhichSpecificationsVerifyNobody() throws Exception {
        assertThat(EngineNotice.unverified(List.of(folder))).isEmpty();

        Path json = Files.writeString(folder.resolve("portcullis.json"), "{\"TLSConfig\": {\"CAFile\": \"/ca.crt\"}}");
        assertThat(EngineNotice.unverified(List.of(folder))).isEmpty();

        Files.writeString(json, "{\"Name\": \"portcullis\", \"Addr\": \"https://localhost:8443\"}");
        Files.writeString(folder.resolve("portcullis.spec"), "tcp://localhost:8443");
        assertThat(EngineNotice.unverified(List.of(folder)))
                .containsExactly(
                        folder
                                + "/portcullis.spec has the engine trust whoever answers: write portcullis.json with a CAFile instead",
                        json + " names no CAFile, so that the engine trusts whoever answers: add one");
    }
}
