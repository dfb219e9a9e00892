package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is wrong, broken or meant to fool: where the uid can be read, {@code /validate} denies with HTTP 200 and
 * {@code /mutate} allows without a patch; else an HTTP error.
 */
class HostileReviewTest {
    private static final String POD = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop"},\
            "spec":{"containers":[{"name":"web","image":"nginx:1.29.3"}]}}""";

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.deciding();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> denied() {
        String review = review(POD);
        String deep = "[".repeat(600) + "]".repeat(600);
        return Stream.of(
                Arguments.of("truncated after the uid", review.substring(0, review.length() - 40)),
                Arguments.of("two documents", review + review),
                Arguments.of(
                        "a duplicate key",
                        review.replace("\"name\":\"web\",\"image\"", "\"name\":\"a\",\"name\":\"web\",\"image\"")),
                Arguments.of("a lone surrogate", review(POD.replace("nginx:1.29.3", "nginx\\ud800"))),
                Arguments.of("nesting over 500", review(POD.replace("\"spec\":{", "\"spec\":{\"x\":" + deep + ","))),
                Arguments.of(
                        "1,001 digits", review(POD.replace("\"spec\":{", "\"spec\":{\"x\":" + "9".repeat(1001) + ","))),
                Arguments.of("an absurd exponent", review(POD.replace("\"spec\":{", "\"spec\":{\"x\":1e1000000000,"))),
                Arguments.of(
                        "request and object kind disagree",
                        review(POD.replace("\"kind\":\"Pod\"", "\"kind\":\"Service\""))),
                Arguments.of(
                        "another kind in the request",
                        review(POD).replace("\"kind\":\"Pod\"},", "\"kind\":\"ConfigMap\"},")),
                Arguments.of(
                        "another group in the request", review(POD).replace("\"group\":\"\"", "\"group\":\"apps\"")),
                Arguments.of("no kind in the request", review(POD).replaceFirst("\"kind\":\\{\"group\"[^}]*},", "")),
                Arguments.of(
                        "a quantity of a thousand digits",
                        review(pod("\"resources\":{\"limits\":{\"memory\":\"" + "0".repeat(1000) + "!\"}}"))),
                Arguments.of("CREATE without object", review("null")),
                Arguments.of("UPDATE without oldObject", review(POD).replace("\"CREATE\"", "\"UPDATE\"")),
                Arguments.of("an unknown operation", review(POD).replace("\"CREATE\"", "\"REPLACE\"")),
                Arguments.of("privileged as text", review(pod("\"securityContext\":{\"privileged\":\"true\"}"))),
                Arguments.of("runAsUser -1", review(pod("\"securityContext\":{\"runAsUser\":-1}"))),
                Arguments.of("runAsUser 2^63", review(pod("\"securityContext\":{\"runAsUser\":9223372036854775808}"))),
                Arguments.of("containers missing", review(POD.replaceFirst("\"containers\":\\[.*]", "\"x\":1"))),
                Arguments.of(
                        "containers null", review(POD.replaceFirst("\"containers\":\\[.*]", "\"containers\":null"))),
                Arguments.of(
                        "containers [null]",
                        review(POD.replaceFirst("\"containers\":\\[.*]", "\"containers\":[null]"))),
                Arguments.of("no userInfo", review(POD).replaceFirst("\"userInfo\":\\{[^}]*},", "")),
                Arguments.of(
                        "no namespace", review(POD).replace("\"namespace\":\"shop\",\"operation\"", "\"operation\"")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("denied")
    void isDeniedByAnAnswer(String what, String body) throws Exception {
        HttpResponse<String> answer = server.post("/validate", body);
        JsonNode response = response(answer);
        assertThat(answer.statusCode()).as(what).isEqualTo(200);
        assertThat(response.path("uid").asString("")).isEqualTo("u-1");
        assertThat(response.path("allowed").asBoolean(true)).isFalse();
        assertThat(response.path("status").path("code").asInt(0)).isEqualTo(400);
        assertThat(response.path("status").path("message").asString(""))
                .isNotBlank()
                .hasSizeLessThan(2048);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("denied")
    void isNeverDeniedByMutate(String what, String body) throws Exception {
        HttpResponse<String> answer = server.post("/mutate", body);
        JsonNode response = response(answer);
        assertThat(answer.statusCode()).as(what).isEqualTo(200);
        assertThat(response.path("uid").asString("")).isEqualTo("u-1");
        assertThat(response.path("allowed").asBoolean(false)).isTrue();
        assertThat(response.has("patch")).isFalse();
        assertThat(response.path("warnings").path(0).asString("")).startsWith("not patched: ");
    }

    @Test
    void deniesBrokenUtf8() throws Exception {
        byte[] body = review(POD.replace("nginx:1.29.3", "nginx~")).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < body.length; i++) {
            body[i] = body[i] == '~' ? (byte) 0xff : body[i];
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(server.admission("/validate"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
        JsonNode response = response(server.send(request));
        assertThat(response.path("uid").asString("")).isEqualTo("u-1");
        assertThat(response.path("allowed").asBoolean(true)).isFalse();
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("null", "null"),
                Arguments.of("an array", "[]"),
                Arguments.of("a string", "\"review\""),
                Arguments.of("a byte-order mark", "\ufeff" + review(POD)),
                Arguments.of("keys in another case", review(POD).replace("\"request\"", "\"Request\"")),
                Arguments.of("no request", "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}"),
                Arguments.of("an empty uid", review(POD).replace("u-1", "")),
                Arguments.of("a long uid", review(POD).replace("u-1", "u".repeat(129))),
                Arguments.of("v1beta1", review(POD).replace("k8s.io/v1\"", "k8s.io/v1beta1\"")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void isAnHttpErrorWithoutUid(String what, String body) throws Exception {
        for (String path : new String[] {"/validate", "/mutate"}) {
            HttpResponse<String> answer = server.post(path, body);
            JsonNode error = JsonMapper.shared().readTree(answer.body());
            assertThat(answer.statusCode()).as(what).isEqualTo(400);
            assertThat(error.path("code").asInt(0)).isEqualTo(400);
            assertThat(error.path("message").asString("")).isNotBlank();
            assertThat(error.path("requestId").asString("")).isNotBlank();
        }
    }

    @Test
    void namesTheVersionThatIsServed() throws Exception {
        String body = review(POD).replace("k8s.io/v1\"", "k8s.io/v1beta1\"");
        assertThat(server.post("/validate", body).body()).contains("admission.k8s.io/v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "binding", "eviction", "log"})
    void letsOtherSubresourcesThrough(String subresource) throws Exception {
        double before = server.metric("portcullis_unjudged_total");
        String body = review(pod("\"securityContext\":{\"privileged\":true}"))
                .replace("\"operation\"", "\"subResource\":\"" + subresource + "\",\"operation\"");
        assertThat(response(server.post("/validate", body)).path("allowed").asBoolean(false))
                .isTrue();
        assertThat(server.metric("portcullis_unjudged_total")).isEqualTo(before + 1);
    }

    @Test
    @Timeout(10)
    void decidesAboutTenThousandContainers() throws Exception {
        String container = "{\"name\":\"c\",\"image\":\"nginx:1\",\"securityContext\":{\"privileged\":true}}";
        String many = POD.replaceFirst(
                "\"containers\":\\[.*]", "\"containers\":[" + (container + ",").repeat(9_999) + container + "]");
        JsonNode response = response(server.post("/validate", review(many)));
        assertThat(response.path("allowed").asBoolean(true)).isFalse();
        String message = response.path("status").path("message").asString("");
        assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(2048);
        assertThat(message).matches("(?s).*and \\d+ more");
    }

    @Test
    void keepsWarningsWithinTheLimitsOfAnApiServer() throws Exception {
        String image = "registry.example.com/" + "very-long-name/".repeat(30) + "web\\n\\u202e";
        JsonNode response = response(server.post("/validate", review(POD.replace("nginx:1.29.3", image))));
        assertThat(response.path("warnings")).hasSizeBetween(1, 10);
        for (JsonNode warning : response.path("warnings")) {
            assertThat(warning.asString("")).hasSizeLessThanOrEqualTo(250).doesNotContain("\n", "\u202e");
        }
    }

    @Test
    void keepsEscapedNamesWithinTheLimitsToo() throws Exception {
        String hostile = "\\u202e".repeat(400);
        String body = review(POD.replace("\"name\":\"web\"", "\"name\":\"" + hostile + "\""));
        JsonNode response = response(server.post("/validate", body));
        assertThat(response.path("status").path("message").asString("").getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(2048);
        for (JsonNode warning : response.path("warnings")) {
            assertThat(warning.asString("")).hasSizeLessThanOrEqualTo(250);
        }
    }

    @Test
    @Timeout(10)
    void decidesAboutAnUpdateWhoseNamesCollide() throws Exception {
        StringBuilder containers = new StringBuilder();
        for (int i = 0; i < 8_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                name.append((i >> bit & 1) == 0 ? "an" : "c0");
            }
            containers
                    .append(i == 0 ? "" : ",")
                    .append("{\"name\":\"")
                    .append(name)
                    .append("\",\"image\":\"a:1\"}");
        }
        String pod = POD.replaceFirst("\"containers\":\\[.*]", "\"containers\":[" + containers + "]");
        String body =
                review(pod).replace("\"CREATE\"", "\"UPDATE\"").replace("\"oldObject\":null", "\"oldObject\":" + pod);
        assertThat(response(server.post("/validate", body)).path("allowed").asBoolean(false))
                .isTrue();
    }

    @Test
    void decidesADryRunAlike() throws Exception {
        String body = review(POD).replace("\"dryRun\":false", "\"dryRun\":true");
        assertThat(response(server.post("/validate", body)).path("allowed").asBoolean(true))
                .isFalse();
    }

    @Test
    void keepsFieldsItDoesNotKnow() throws Exception {
        String body = review(POD.replace("\"spec\":{", "\"spec\":{\"fieldOfTheFuture\":{\"deep\":[1.50,null]},"));
        JsonNode response = response(server.post("/mutate", body));
        assertThat(response.path("patch").isString()).isTrue();
        assertThat(response(server.post("/validate", body))
                        .path("status")
                        .path("code")
                        .asInt(0))
                .isEqualTo(403);
    }

    private static JsonNode response(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body()).path("response");
    }

    private static String pod(String containerMember) {
        return POD.replace("\"image\":", containerMember + ",\"image\":");
    }

    private static String review(String object) {
        return """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u-1",\
                "kind":{"group":"","version":"v1","kind":"Pod"},"namespace":"shop","operation":"CREATE",\
                "userInfo":{"username":"ann"},"object":%s,"oldObject":null,"dryRun":false}}""".formatted(object);
    }
}
