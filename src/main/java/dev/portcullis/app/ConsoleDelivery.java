package dev.portcullis.app;

import dev.portcullis.console.HandOverRoute;
import dev.portcullis.history.Delivery;
import dev.portcullis.history.UndeliveredException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.boot.ssl.SslBundle;

/** Brings batches to a console over HTTPS, where both ends show a certificate of the same authority; for one thread. */
final class ConsoleDelivery implements Delivery {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int LONGEST_REASON = 300;
    private static final int KEPT = 204;

    /** What is sent again would be answered alike: it is no batch, or too large. */
    private static final Set<Integer> NEVER = Set.of(400, 413);

    private final URI target;
    private final Supplier<SslBundle> certificates;
    private SslBundle shown;
    private HttpClient client;

    /**
     * A way to a console.
     *
     * @param console its base, such as https://portcullis-console.portcullis.svc:8443
     * @param certificates one's own certificate and whom to trust, which change
     */
    ConsoleDelivery(URI console, Supplier<SslBundle> certificates) {
        this.certificates = certificates;
        target = console.resolve(HandOverRoute.PATH);
        shown = certificates.get();
        client = client(shown);
    }

    /** By the certificate of now. */
    private HttpClient client() {
        SslBundle now = certificates.get();
        if (!now.equals(shown)) {
            client.close();
            shown = now;
            client = client(now);
        }
        return client;
    }

    private static HttpClient client(SslBundle bundle) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(bundle.createSslContext())
                .build();
    }

    @Override
    public void deliver(byte[] batch) throws UndeliveredException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(ANSWER)
                .header("Content-Type", "application/zlib")
                .POST(HttpRequest.BodyPublishers.ofByteArray(batch))
                .build();
        HttpResponse<byte[]> answer;
        try {
            answer = client().send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), 1 << 16));
        } catch (IOException unreached) {
            throw new UndeliveredException("the console " + target + " is not reached: " + unreached, false, unreached);
        }
        if (answer.statusCode() != KEPT) {
            String reason = new String(answer.body(), StandardCharsets.UTF_8);
            throw new UndeliveredException(
                    "the console " + target + " answers " + answer.statusCode() + ": "
                            + reason.substring(0, Math.min(LONGEST_REASON, reason.length())),
                    NEVER.contains(answer.statusCode()),
                    null);
        }
    }
}
