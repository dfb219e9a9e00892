package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.workload.BuildCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCommandsTest {
    private static @Nullable String state(String line) {
        return SecretCommands.state(new BuildCommand(true, List.of(line), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -u bot:correct-horse https://example.com",
                "/usr/bin/curl -ubot:correct-horse https://example.com",
                "wget --user=bot:correct-horse https://example.com",
                "curl --user 'bot:correct-horse' https://example.com",
                "curl https://bot:correct-horse@example.com",
                "deploy --password correct-horse",
                "deploy --db-password=correct-horse",
                "API_TOKEN=correct-horse deploy",
                "export API_TOKEN=correct-horse",
                "a && sh -c 'export API_TOKEN=correct-horse'",
                "echo '-----BEGIN RSA PRIVATE KEY-----' > /k",
            })
    void seesWhatIsWrittenOutAndNeverTellsIt(String line) {
        assertThat(state(line)).isNotNull().doesNotContain("correct-horse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -u bot https://example.com",
                "curl -u \"bot:$PASSWORD\" https://example.com",
                "curl -u bot:$(cat /run/secrets/p) https://example.com",
                "deploy --password-file /run/secrets/p",
                "deploy --password=\"${P}\"",
                "deploy --password --verbose",
                "API_TOKEN=`cat /run/secrets/t` deploy",
                "API_TOKEN= deploy",
                "grep -q token README.md",
                "useradd -u 10001:10001 app",
            })
    void passesOverReferencesAndOtherWords(String line) {
        assertThat(state(line)).isNull();
    }
}
