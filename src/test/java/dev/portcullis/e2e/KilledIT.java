package dev.portcullis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.testing.Reviews;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A process that is killed while it decides and writes. */
final class KilledIT {
    private static final int THREADS = 4;
    private static final int ENOUGH = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void theHistoryIsWholeAndSaysHowMuchIsMissing() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        AtomicInteger answered = new AtomicInteger();
        try (PortcullisProcess killed = PortcullisProcess.startIn(data);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            HttpClient client = killed.client();
            for (int i = 0; i < THREADS; i++) {
                String name = "thread-" + i;
                threads.execute(() -> ask(killed, client, name, answered));
            }
            await().atMost(PATIENCE).until(() -> answered.get() >= ENOUGH);
            killed.kill();
        }

        double lost;
        long kept;
        try (PortcullisProcess next = PortcullisProcess.startIn(data)) {
            await().atMost(PATIENCE).until(() -> kept(next, data) > 0);
            kept = kept(next, data);
            lost = next.metric("portcullis_history_dropped_total");
        }
        System.out.printf("killed after %,d answers: %,d are kept, %.0f lost%n", answered.get(), kept, lost);
        assertThat(kept + lost).isGreaterThanOrEqualTo(answered.get());
        assertThat(lost).isLessThan(answered.get());
        CommandResult verified = CommandResult.of(Jar.command("history", "verify", "--data", data.toString()));
        assertThat(verified.exitCode()).as(verified.toString()).isZero();
        assertThat(verified.stdout()).startsWith("ok: ");
    }

    private static long kept(PortcullisProcess gate, Path data) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + gate.consolePort() + "/api/v1/decisions/export"))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(data.resolve("admin-token")).strip())
                .build();
        return gate.client()
                .send(request, BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("{\"seq\":"))
                .count();
    }

    private static void ask(PortcullisProcess gate, HttpClient client, String name, AtomicInteger answered) {
        ObjectNode review = Reviews.create(
                Reviews.object(
                        "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: web, image: 'web:1'}]}}"));
        for (int i = 0; true; i++) {
            ((ObjectNode) review.path("request")).put("uid", name + "-" + i);
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://localhost:" + gate.admissionPort() + "/validate"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(review.toString()))
                    .build();
            try {
                assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(200);
                answered.incrementAndGet();
            } catch (IOException killed) {
                return;
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
