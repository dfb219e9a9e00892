package dev.portcullis.cli;

import dev.portcullis.workload.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The console that is told what was found. */
final class ConsoleOptions {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final String ROUTE = "/api/v1/hosts";
    private static final int LONGEST_TOKEN = 4096;
    private static final int LONGEST_TOLD = 300;
    private static final int OK = 200;

    @Option(
            names = "--report-to",
            paramLabel = "URL",
            description = "Tell a console what was found, such as https://console.example.com:8444. Its name must be in"
                    + " its certificate.")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The file of the token that the console wants: its report-token.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description = "PEM file of the CAs that the console's certificate may be signed by. Default: those that"
                    + " Java knows")
    private @Nullable Path authorities;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "What the console calls this host. Default: what the engine calls it")
    private @Nullable String host;

    /** Whether there is one. */
    boolean isGiven() {
        return url != null;
    }

    /** What the console is to call this host; null for what the engine calls it. */
    @Nullable String host() {
        return host;
    }

    /** The console's address, as it was given. */
    String url() {
        return Objects.requireNonNull(url);
    }

    /** A connection to the console; null where there is none. Everything that can be wrong with it is told before a scan. */
    @Nullable Sending open(CommandLine command) {
        if (url == null) {
            if (tokenFile != null || authorities != null || host != null) {
                throw new ParameterException(command, "--token-file, --cacert and --host need --report-to URL");
            }
            return null;
        }
        if (tokenFile == null) {
            throw new ParameterException(command, "--report-to needs --token-file FILE: the console's report-token");
        }
        try {
            return new Sending(target(command, url), token(tokenFile), client(authorities));
        } catch (IOException | GeneralSecurityException unusable) {
            throw new ParameterException(command, "the console cannot be told: " + unusable.getMessage(), unusable);
        }
    }

    private static URI target(CommandLine command, String url) {
        try {
            URI given = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            boolean plain = given.getRawQuery() == null
                    && given.getRawFragment() == null
                    && given.getRawUserInfo() == null
                    && (given.getRawPath() == null || given.getRawPath().isEmpty());
            if ("https".equals(given.getScheme()) && given.getHost() != null && plain) {
                return URI.create(given + ROUTE);
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw new ParameterException(
                command, "--report-to must be https:// and a host, such as https://console.example.com:8444");
    }

    private static String token(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_TOKEN) {
            throw new IOException(file + " is no file of a token");
        }
        String token = Files.readString(file).strip();
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IOException(file + " holds no token");
        }
        return token;
    }

    private static HttpClient client(@Nullable Path authorities) throws IOException, GeneralSecurityException {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(Redirect.NEVER);
        if (authorities != null) {
            builder.sslContext(trusting(authorities));
        }
        return builder.build();
    }

    private static SSLContext trusting(Path authorities) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> certificates;
        try (InputStream in = Files.newInputStream(authorities)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException(authorities + " holds no certificate");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /** A console that can be told. */
    record Sending(URI target, String token, HttpClient client) implements AutoCloseable {
        /**
         * Tells it.
         *
         * @return why it did not take it; null where it did
         */
        @Nullable String send(String json) {
            HttpRequest request = HttpRequest.newBuilder(target)
                    .timeout(ANSWER)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json))
                    .build();
            try {
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                return answer.statusCode() == OK ? null : answer.statusCode() + ": " + message(answer.body());
            } catch (IOException unreachable) {
                return String.valueOf(Objects.requireNonNullElse(unreachable.getMessage(), unreachable.toString()));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
        }

        private static String message(String body) {
            try {
                String told = JsonMapper.shared().readTree(body).path("message").stringValue("");
                return told.isEmpty() ? "it is no console" : Printable.text(told, LONGEST_TOLD);
            } catch (JacksonException none) {
                return "it is no console";
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
