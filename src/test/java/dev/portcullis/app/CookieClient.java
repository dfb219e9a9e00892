package dev.portcullis.app;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a server's console as a browser does: with the cookies that it was given, and no token. */
final class CookieClient {
    static final String SESSION = "__Host-portcullis";

    final Map<String, String> cookies = new LinkedHashMap<>();
    private final RunningServer portcullis;

    CookieClient(RunningServer portcullis) {
        this.portcullis = portcullis;
    }

    URI uri(String path) {
        return URI.create("https://localhost:" + portcullis.server.consolePort() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer = portcullis.client.send(request.build(), BodyHandlers.ofString());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String pair = cookie.substring(0, cookie.indexOf(';'));
            String name = pair.substring(0, pair.indexOf('='));
            if (cookie.contains("Expires=Thu, 01 Jan 1970")) {
                cookies.remove(name);
            } else {
                cookies.put(name, pair.substring(name.length() + 1));
            }
        }
        return answer;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString("{}"));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> login(String token, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    JsonNode me() throws IOException, InterruptedException {
        return ConsoleClient.json(get("/api/v1/me"), 200);
    }

    /** The header that a change needs, and its value. */
    String[] csrf() throws IOException, InterruptedException {
        JsonNode csrf = me().path("csrf");
        return new String[] {
            csrf.path("header").stringValue(), csrf.path("token").stringValue()
        };
    }

    static String message(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body()).path("message").stringValue("");
    }
}
