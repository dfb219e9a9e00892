package dev.portcullis.notify;

import dev.portcullis.workload.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Posts to one address. Redirects are not followed; of an answer a line is read at most. */
final class HttpTarget implements AutoCloseable {
    /** The most that a receiver may ask to wait. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 1_024;
    private static final int LONGEST_REASON = 160;
    private static final Set<Integer> AGAIN = Set.of(408, 425, 429);
    private static final Set<Integer> SAY_WHEN = Set.of(429, 503);
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern VALUE = Pattern.compile("(?<==)[^&;]++");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private final Target target;
    private final String suffix;
    private final @Nullable SecretFile address;
    private final @Nullable SecretFile token;
    private final @Nullable SecretFile password;
    private final InstantSource clock;
    private final HttpClient client;

    /**
     * A way to a target.
     *
     * @param suffix what stands behind the target's address
     */
    HttpTarget(Target target, String suffix, InstantSource clock) throws UnusableTargetException {
        this.target = target;
        this.suffix = suffix;
        this.clock = clock;
        address = target.secret(target.urlFile(), "url-file");
        token = target.secret(target.tokenFile(), "token-file");
        password = target.secret(target.passwordFile(), "password-file");
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER);
        if (target.authority() != null) {
            builder.sslContext(Authority.context(target.authority(), target.property() + ".authority"));
        }
        client = builder.build();
    }

    /** @throws IllegalArgumentException where it is no address that may be posted to; what it is is not told */
    private URI checked(String text) {
        try {
            URI uri = new URI(text);
            if (isFine(uri, target.plain())) {
                return uri;
            }
        } catch (URISyntaxException none) {
            // told below, without what it says
        }
        throw new IllegalArgumentException("must be like https://hooks.example.com/…");
    }

    /** Whether an address may be posted to: by HTTPS, or on this machine, or where plain HTTP is meant. */
    static boolean isFine(URI uri, boolean plain) {
        String host = uri.getHost();
        return host != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && ("https".equals(uri.getScheme())
                        || ("http".equals(uri.getScheme()) && (plain || HERE.contains(host))));
    }

    /** Makes sure that what stands in files can be used now. */
    void check() throws UnusableTargetException {
        for (SecretFile file : files()) {
            try {
                file.read();
            } catch (IOException unreadable) {
                throw new UnusableTargetException(file.property() + " cannot be used: " + unreadable.getMessage());
            }
        }
        try {
            address(new ArrayList<>());
        } catch (UnsentException unusable) {
            throw new UnusableTargetException(unusable.sentence());
        }
    }

    private List<SecretFile> files() {
        List<SecretFile> files = new ArrayList<>();
        for (SecretFile file : new SecretFile[] {address, token, password}) {
            if (file != null) {
                files.add(file);
            }
        }
        return files;
    }

    private URI address(List<String> secrets) throws UnsentException {
        if (address == null) {
            return URI.create(String.valueOf(target.url()) + suffix);
        }
        String text = address.used();
        secrets.add(text);
        try {
            URI uri = checked(text);
            secrets.add(uri.getRawPath());
            secrets.addAll(inQuery(uri));
            return uri;
        } catch (IllegalArgumentException none) {
            throw UnsentException.refused("the address in " + address.file() + " " + none.getMessage());
        }
    }

    /** The query, and what follows each equals sign in it, the longest first. */
    private static List<String> inQuery(URI uri) {
        String query = uri.getRawQuery();
        return query == null
                ? List.of()
                : Stream.concat(Stream.of(query), VALUE.matcher(query).results().map(MatchResult::group))
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
    }

    /**
     * Posts once.
     *
     * @param type of the body
     * @param headers beside those that say who sends
     */
    void post(byte[] body, String type, Map<String, String> headers) throws UnsentException, InterruptedException {
        List<String> secrets = new ArrayList<>();
        HttpRequest.Builder request = HttpRequest.newBuilder(address(secrets))
                .header("Content-Type", type)
                .header("User-Agent", "portcullis")
                .POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        authorize(request, secrets);
        judge(answer(request.build(), secrets), secrets);
    }

    /** As a whole it may take so long, however slowly it is told. */
    private HttpResponse<byte[]> answer(HttpRequest request, List<String> secrets)
            throws UnsentException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, info -> new Beginning(isTaken(info.statusCode()) ? 0 : LONGEST_ANSWER));
        String why;
        try {
            return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException unreached) {
            why = String.valueOf(unreached.getCause());
        } catch (TimeoutException slow) {
            why = "no answer within " + ANSWER.toSeconds() + " seconds";
        } finally {
            answer.cancel(true);
        }
        throw UnsentException.failed(target.shown() + " is not reached: " + hidden(why, secrets), null);
    }

    private static boolean isTaken(int status) {
        return status >= 200 && status < 300;
    }

    private void authorize(HttpRequest.Builder request, List<String> secrets) throws UnsentException {
        String shown = null;
        if (token != null) {
            String text = token.used();
            secrets.add(text);
            shown = "Bearer " + text;
        } else if (password != null) {
            String text = password.used();
            secrets.add(text);
            byte[] both = (target.username() + ":" + text).getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getEncoder().encodeToString(both);
            secrets.add(encoded);
            shown = "Basic " + encoded;
        }
        if (shown != null) {
            try {
                request.header("Authorization", shown);
            } catch (IllegalArgumentException noHeader) {
                throw UnsentException.refused(
                        "the token of " + target.name() + " has characters that no header may have");
            }
        }
    }

    private void judge(HttpResponse<byte[]> answer, List<String> secrets) throws UnsentException {
        int status = answer.statusCode();
        if (isTaken(status)) {
            return;
        }
        String said = new String(answer.body(), StandardCharsets.UTF_8).strip();
        String reason = said.isEmpty() ? "" : ": " + hidden(said, secrets);
        String sentence = target.shown() + " answers " + status + reason;
        if (status >= 300 && status < 400) {
            throw UnsentException.refused(sentence + "; redirects are not followed: give the address that it leads to");
        }
        if (status < 500 && !AGAIN.contains(status)) {
            throw UnsentException.refused(sentence);
        }
        throw UnsentException.failed(sentence, SAY_WHEN.contains(status) ? pause(answer) : null);
    }

    private @Nullable Duration pause(HttpResponse<byte[]> answer) {
        String asked = answer.headers().firstValue("Retry-After").orElse("").strip();
        Duration pause = null;
        if (SECONDS.matcher(asked).matches()) {
            pause = Duration.ofSeconds(Long.parseLong(asked));
        } else if (!asked.isEmpty()) {
            try {
                Instant then = ZonedDateTime.parse(asked, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                pause = Duration.between(clock.instant(), then);
            } catch (DateTimeException none) {
                return null;
            }
        }
        return pause == null || pause.compareTo(LONGEST_PAUSE) <= 0 ? pause : LONGEST_PAUSE;
    }

    /** The beginning of a text, without what nobody may read: a receiver may say again what it was sent. */
    private static String hidden(String text, List<String> secrets) {
        String hidden = text;
        for (String secret : secrets) {
            if (secret.length() > 1) {
                hidden = hidden.replace(secret, "…");
            }
        }
        return Printable.text(hidden, LONGEST_REASON);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
