package dev.portcullis.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Answers the challenges of registries: with a token that may pull one repository, or with a password. */
final class Authorization {
    private static final int LONGEST_ANSWER = 64 << 10;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,16384}");

    private final Transport transport;
    private final HostRules rules;
    private final @Nullable Path credentials;

    Authorization(Transport transport, HostRules rules, @Nullable Path credentials) {
        this.transport = transport;
        this.rules = rules;
        this.credentials = credentials;
    }

    /** The value of an {@code Authorization} header that a registry should take. */
    String answer(List<String> challenges, ImageName name, Deadline deadline)
            throws LookupException, InterruptedException {
        Optional<Challenge> bearer = Challenge.find(challenges, "bearer");
        if (bearer.isPresent()) {
            return "Bearer " + token(bearer.get(), name, deadline);
        }
        if (Challenge.find(challenges, "basic").isEmpty()) {
            throw LookupException.ofImage(name.registry() + " asks for a way to log in that is not known here");
        }
        return login(name.registry())
                .map(Login::basic)
                .orElseThrow(() -> LookupException.ofImage(name.registry()
                        + " wants a password: give it a user in the file of portcullis.registry.credentials"));
    }

    /** The file is read each time, since what it holds changes. */
    private Optional<Login> login(Host registry) throws LookupException {
        if (credentials == null) {
            return Optional.empty();
        }
        try {
            return DockerConfig.read(credentials).of(registry);
        } catch (UnusableFileException e) {
            throw LookupException.ofImage(e.sentence());
        }
    }

    private String token(Challenge challenge, ImageName name, Deadline deadline)
            throws LookupException, InterruptedException {
        URI realm = realm(challenge, name);
        Map<String, String> headers = login(name.registry())
                .map(login -> Map.of("Authorization", login.basic()))
                .orElse(Map.of());
        HttpResponse<byte[]> answer = transport.send("GET", realm, headers, LONGEST_ANSWER, deadline);
        if (answer.statusCode() != 200) {
            throw LookupException.ofImage(realm.getHost() + " gives no token (" + answer.statusCode() + ")");
        }
        return token(answer.body())
                .orElseThrow(() -> LookupException.ofRegistry(realm.getHost() + " answers without a valid token"));
    }

    private static Optional<String> token(byte[] body) {
        try {
            JsonNode answer = Json.read(body);
            String token =
                    answer.path("token").stringValue(answer.path("access_token").stringValue(""));
            return Optional.of(token).filter(text -> TOKEN.matcher(text).matches());
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    /** Where the token is to be had. What it may be used for is our word, not the registry's. */
    private URI realm(Challenge challenge, ImageName name) throws LookupException {
        URI realm = uri(challenge.parameter("realm").orElse(""), name);
        Host host = Host.of(realm).orElseThrow(() -> invalid(name));
        if (!rules.mayGiveTokens(host, name.registry())) {
            throw LookupException.ofRegistry(name.registry() + " sends to " + host
                    + " for a token: list it in portcullis.registry.token-hosts if it may have the password");
        }
        if (!transport.scheme(host).equals(realm.getScheme())) {
            throw invalid(name);
        }
        String query = "scope=" + encoded("repository:" + name.repository() + ":pull")
                + challenge
                        .parameter("service")
                        .map(service -> "&service=" + encoded(service))
                        .orElse("");
        String before = realm.getRawQuery() == null ? "" : realm.getRawQuery() + "&";
        return URI.create(
                realm.getScheme() + "://" + realm.getRawAuthority() + realm.getRawPath() + "?" + before + query);
    }

    private static URI uri(String text, ImageName name) throws LookupException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw invalid(name);
        }
    }

    private static LookupException invalid(ImageName name) {
        return LookupException.ofRegistry(name.registry() + " says no valid place to get a token from");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
