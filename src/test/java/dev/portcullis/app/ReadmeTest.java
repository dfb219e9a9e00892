package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.PortcullisCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What README shows is what the program does. */
class ReadmeTest {
    private static final Pattern CONSOLE =
            Pattern.compile("```console\n\\$ ./portcullis ([^\n]+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CURL = Pattern.compile(
            "([^\n]+):\n\n```sh\ncurl --cacert data/tls/ca.crt \\\\\n +-H 'Accept: ([^']+)' https://localhost:8443(\\S+) --data-binary @(\\S+)\n```");
    private static final Path POD = Path.of("src", "test", "examples", "root-pod.yaml");

    @Test
    void showsWhatTheCommandsPrint() throws IOException {
        List<MatchResult> shown = CONSOLE.matcher(readme()).results().toList();
        assertThat(shown).isNotEmpty();
        for (MatchResult example : shown) {
            StringWriter out = new StringWriter();
            PortcullisCommand.commandLine(
                            (data, policy, certificate, key, properties) -> 0, (listen, upstream, judging, mode) -> 0)
                    .setOut(new PrintWriter(out))
                    .execute(example.group(1).split(" ", -1));
            assertThat(example.group(2).stripTrailing())
                    .isEqualTo(out.toString().stripTrailing());
        }
    }

    @Test
    void showsThePodThatItJudges() throws IOException {
        assertThat(readme()).contains("```yaml\n" + Files.readString(POD) + "```");
    }

    @Test
    void showsRequestsWithTheAnswersItPromises() throws Exception {
        List<MatchResult> requests = CURL.matcher(readme()).results().toList();
        assertThat(requests).hasSize(3);
        try (RunningServer server = RunningServer.deciding()) {
            for (MatchResult request : requests) {
                String body = Files.readString(Path.of(request.group(4)));
                HttpResponse<String> answer =
                        server.send(server.json(request.group(3), body).header("Accept", request.group(2)));
                String promised = request.group(1).contains("allowed") ? "  allowed\n" : "  denied\n";
                assertThat(answer.body()).as(request.group(4)).contains(promised);
            }
        }
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
