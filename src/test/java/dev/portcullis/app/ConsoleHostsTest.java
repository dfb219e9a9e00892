package dev.portcullis.app;

import static dev.portcullis.app.ConsoleClient.each;
import static dev.portcullis.app.ConsoleClient.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.cli.PortcullisCommand;
import dev.portcullis.testing.RawSocket;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Docker hosts that report to the console, by the command that does. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleHostsTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    private Path folder;
    private RunningServer portcullis;
    private ConsoleClient console;
    private ServerSocketChannel engine;

    @BeforeAll
    void start(@TempDir Path place) throws Exception {
        folder = place;
        portcullis = RunningServer.deciding("portcullis.cluster-name=c1");
        console = new ConsoleClient(portcullis);
        await().atMost(20, SECONDS)
                .until(Objects.requireNonNull(portcullis.bean(Keeping.class).history())::isOpen);
        engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve("engine.sock")), 64);
        Thread.ofPlatform().daemon().start(this::serve);
    }

    @AfterAll
    void stop() throws IOException {
        engine.close();
        portcullis.close();
    }

    private void serve() {
        while (engine.isOpen()) {
            try (RawSocket client = new RawSocket(engine.accept())) {
                String answer = answer(client.readHead().split(" ", -1)[1]);
                client.sendLines("HTTP/1.0 " + (answer.isEmpty() ? "404 Not Found" : "200 OK") + "\n\n" + answer);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static String answer(String path) {
        if (path.endsWith("/info")) {
            return "{\"Name\":\"web-1\",\"ServerVersion\":\"20.10.24\"}";
        }
        if (path.contains("/containers/json")) {
            return "[{\"Id\":\"" + ID + "\"}]";
        }
        return path.contains("/containers/" + ID)
                ? "{\"Id\":\"" + ID + "\",\"Name\":\"/shop\",\"Config\":{\"Image\":\"shop:1\"},"
                        + "\"HostConfig\":{\"Privileged\":true,\"NetworkMode\":\"container:" + ID + "\"}}"
                : "";
    }

    private record Run(int code, String out, String err) {}

    private Run scan(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--engine", "unix://" + folder.resolve("engine.sock")));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    private static Run run(List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("scan", "docker"));
        arguments.addAll(options);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = PortcullisCommand.commandLine((_, _, _, _, _) -> 0, (_, _, _, _) -> 0)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    private Run report(String token, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--report-to",
                console.uri("").toString(),
                "--token-file",
                portcullis.data.resolve(token).toString(),
                "--cacert",
                portcullis.data.resolve("tls/ca.crt").toString()));
        arguments.addAll(List.of(more));
        return scan(arguments.toArray(String[]::new));
    }

    @Test
    void aHostThatReportsIsAmongWhatRuns() throws Exception {
        Run alone = scan();
        Run told = report("report-token");

        assertThat(told.code()).as(told.err()).isEqualTo(1).isEqualTo(alone.code());
        assertThat(told.out()).isEqualTo(alone.out());
        assertThat(told.err())
                .contains("told the console at https://localhost:")
                .contains("host web-1")
                .contains("1 containers");
        JsonNode hosts = console.get("/api/v1/hosts").path("hosts");
        JsonNode host = hosts.valueStream()
                .filter(each -> each.path("name").stringValue().equals("web-1"))
                .findFirst()
                .orElseThrow();
        assertThat(host.path("containers").intValue()).isEqualTo(1);
        assertThat(host.path("violating").intValue()).isEqualTo(1);
        assertThat(host.path("reportedAt").stringValue()).isNotEmpty();
        assertThat(each(host.path("engine"), "check")).contains("engine-authorization");
        JsonNode shop =
                console.get("/api/v1/workloads?cluster=web-1").path("workloads").get(0);
        assertThat(shop.path("name").stringValue()).isEqualTo("shop");
        assertThat(each(shop.path("findings"), "check")).contains("privileged");
        assertThat(console.get("/api/v1/results?cluster=web-1").toString()).doesNotContain(ID);
    }

    @Test
    void aHostMayHaveAnotherNameButNoneOfACluster() throws Exception {
        assertThat(report("admin-token", "--host", "web-2").code()).isEqualTo(1);
        assertThat(each(console.get("/api/v1/hosts").path("hosts"), "name")).contains("web-2");

        Run taken = report("report-token", "--host", "c1");

        assertThat(taken.code()).isEqualTo(3);
        assertThat(taken.err()).contains("was not told").contains("409").contains("--host");
    }

    @Test
    void theTokenOfHostsIsGoodForNothingElse() throws Exception {
        String token = Files.readString(portcullis.data.resolve("report-token")).strip();
        for (String path : new String[] {"/api/v1/hosts", "/api/v1/decisions", "/api/v1/impact"}) {
            HttpRequest request = HttpRequest.newBuilder(console.uri(path))
                    .header("Authorization", "Bearer " + token)
                    .build();
            assertThat(portcullis.client.send(request, BodyHandlers.ofString()).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        HttpRequest nobody = HttpRequest.newBuilder(console.uri("/api/v1/hosts"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> refused = portcullis.client.send(nobody, BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("show who you are").doesNotContain(token);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --report-to http://localhost:1 --token-file TOKEN | must be https://
            --report-to https://a@localhost --token-file TOKEN | must be https://
            --report-to https://localhost/x --token-file TOKEN | must be https://
            --report-to https://localhost:1 | needs --token-file
            --token-file TOKEN | need --report-to
            --report-to https://localhost:1 --token-file /none | no file of a token
            --report-to https://localhost:1 --token-file TOKEN --cacert TOKEN | the console cannot be told
            """)
    void saysWhatIsWrongBeforeItScans(String options, String problem) {
        String token = portcullis.data.resolve("report-token").toString();

        Run run = scan(options.replace("TOKEN", token).split(" ", -1));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(problem);
        assertThat(run.out()).doesNotContain("privileged");
    }

    @Test
    void trustsNoConsoleThatIsNotTheOne() {
        Run unknown = scan(
                "--report-to",
                console.uri("").toString(),
                "--token-file",
                portcullis.data.resolve("report-token").toString());

        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.err()).contains("was not told");
        assertThat(unknown.out()).contains("privileged");
    }

    @Test
    void tellsNothingOfAHostWhoseEngineIsAway() throws Exception {
        Run away = run(List.of(
                "--engine",
                "unix://" + folder.resolve("none.sock"),
                "--report-to",
                console.uri("").toString(),
                "--token-file",
                portcullis.data.resolve("report-token").toString(),
                "--host",
                "away"));

        assertThat(away.code()).isEqualTo(3);
        assertThat(away.err()).contains("cannot be reached").doesNotContain("told the console");
        assertThat(each(console.get("/api/v1/hosts").path("hosts"), "name")).doesNotContain("away");
    }

    @Test
    void takesNothingThatIsNoReport() throws Exception {
        HttpResponse<String> answer = console.send(console.request("/api/v1/hosts")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"host\":\"x\",\"policies\":\"v\",\"containers\":[{}]}")));
        assertThat(json(answer, 400).path("message").stringValue()).contains("name is missing");
        assertThat(console.post("/api/v1/hosts", "{}").statusCode()).isEqualTo(415);
    }
}
