package dev.portcullis.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.portcullis.history.History;
import dev.portcullis.history.HostReport;
import dev.portcullis.history.WorkloadFinding;
import dev.portcullis.history.WorkloadState;
import dev.portcullis.http.Port;
import dev.portcullis.testing.Reviews;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code /openapi.json} says of the console is so. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private static final String DESCRIPTION = "/openapi.json";
    private static final String POLICY =
            "{apiVersion: portcullis.dev/v1alpha1, kind: HardeningPolicy, metadata: {name: default}, spec: {profile: baseline}}";

    private RunningServer portcullis;
    private ConsoleClient console;
    private JsonNode document;

    /** A method of a path. */
    record Operation(String method, String path, JsonNode described) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @BeforeAll
    void start() throws Exception {
        portcullis = RunningServer.deciding(
                "portcullis.cluster-name=c1",
                "portcullis.console.boards.shop.namespaces=shop",
                "portcullis.notifications.targets.ci.kind=webhook",
                "portcullis.notifications.targets.ci.url=http://localhost:1/");
        console = new ConsoleClient(portcullis);
        document = JsonMapper.shared()
                .readTree(portcullis.get(console.uri(DESCRIPTION)).body());
        fill();
    }

    @AfterAll
    void stop() {
        portcullis.close();
    }

    /** Something of everything, so that no list is empty. */
    private void fill() throws Exception {
        ObjectNode review = Reviews.create(Reviews.object(
                "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {hostPID: true, containers: [{name: web,"
                        + " image: 'web:1', securityContext: {privileged: true}}]}}"));
        ((ObjectNode) review.path("request"))
                .put("uid", "one")
                .put("name", "web")
                .put("namespace", "shop");
        portcullis.post("/validate", review.toString());
        History history = Objects.requireNonNull(portcullis.bean(Keeping.class).history());
        await().atMost(20, SECONDS)
                .until(() -> !console.get("/api/v1/decisions").path("decisions").isEmpty());
        Instant now = Instant.parse("2026-11-29T12:00:00Z");
        WorkloadFinding finding = new WorkloadFinding(
                "privileged",
                "fail",
                "enforce",
                "critical",
                "default",
                null,
                "spec",
                JsonMapper.shared().readTree("true"),
                "is true",
                JsonMapper.shared().readTree("[{\"op\":\"remove\",\"path\":\"/a\"}]"),
                null);
        history.replace(
                "c1",
                List.of(new WorkloadState("c1", "shop", "Pod", "web", now, now, "v1", List.of(finding))),
                List.of());
        history.report(
                new HostReport(
                        "h1", "v1", 1, List.of(finding), List.of(new HostReport.Container("db", List.of(finding)))),
                Instant.now());
        await().atMost(20, SECONDS)
                .until(() -> !console.get("/api/v1/policies/versions")
                        .path("versions")
                        .isEmpty());
        console.post("/api/v1/impact?source=history", POLICY);
        await().atMost(20, SECONDS)
                .until(() -> console.get("/api/v1/impact")
                        .at("/jobs/0/state")
                        .stringValue()
                        .equals("done"));
        await().atMost(40, SECONDS)
                .until(() -> !console.get("/api/v1/trends").path("hours").isEmpty()
                        && !console.get("/api/v1/posture").path("points").isEmpty()
                        && !console.get("/api/v1/gates").path("gates").isEmpty()
                        && !console.get("/api/v1/audit").path("entries").isEmpty());
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                operations.add(
                        new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
            }
        }
        return operations;
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").stringValue(null);
        return reference == null ? node : document.at(reference.substring(1));
    }

    @Test
    void isAnOpenApiDocumentOfVersion31() {
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(document.toString());

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
        assertThat(result.getOpenAPI().getPaths())
                .hasSize(document.path("paths").size());
    }

    @Test
    void describesEveryRouteAndNoOther() {
        // What judges is a route of another feature; pages are for people.
        List<String> served = Stream.concat(
                        Stream.of("POST /api/v1/review"),
                        portcullis.bean(ConsoleRoutes.class).routes().stream()
                                .filter(route -> route.port() == Port.CONSOLE)
                                .filter(route -> route.path().matches("/api/.*|/openapi[.]json"))
                                .map(route -> route.method() + " " + route.path()))
                .toList();

        assertThat(operations()).map(Operation::toString).containsExactlyInAnyOrderElementsOf(served);
        assertThat(operations())
                .map(operation -> operation.described().path("operationId").stringValue())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void namesEveryParameterAndNoOther(Operation operation) throws Exception {
        TreeSet<String> described = new TreeSet<>();
        operation
                .described()
                .path("parameters")
                .forEach(parameter ->
                        described.add(resolved(parameter).path("name").stringValue()));

        HttpResponse<String> answer = ask(operation, "?nonsense=1");

        assertThat(answer.statusCode()).isEqualTo(400);
        String known = described.isEmpty() ? "nothing" : String.join(", ", described) + ", and nothing else";
        assertThat(JsonMapper.shared().readTree(answer.body()).path("message").stringValue())
                .satisfiesAnyOf(
                        told -> assertThat(told).isEqualTo("the query may have " + known),
                        // As the port for machines says it.
                        told -> assertThat(told).endsWith("'nonsense': use " + String.join(", ", described)));
        assertThat(problems(document.at("/components/schemas/Error"), answer.body()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void saysHowMuchMayBeAskedForAtOnce(Operation operation) throws Exception {
        for (JsonNode parameter : operation.described().path("parameters")) {
            JsonNode asked = resolved(parameter);
            int most = asked.path("schema").path("maximum").intValue(0);
            if (most > 0) {
                String query = "?" + (operation.path().endsWith("impact") ? "source=history&" : "")
                        + asked.path("name").stringValue() + "=";
                assertThat(ask(operation, query + (most + 1)).statusCode()).isEqualTo(400);
                assertThat(ask(operation, query + most).statusCode()).isBetween(200, 202);
            }
        }
    }

    private HttpResponse<String> ask(Operation operation, String query) throws Exception {
        String path = operation.path() + query;
        return operation.method().equals("GET") ? console.ask(path) : console.post(path, POLICY);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void saysWhoMayAsk(Operation operation) throws Exception {
        boolean open = operation.described().has("security")
                && operation.described().path("security").isEmpty();

        HttpResponse<String> answer = portcullis.send(HttpRequest.newBuilder(console.uri(operation.path()))
                .method(operation.method(), BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(open ? 200 : 401);
        assertThat(open || operation.described().path("responses").has("401")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openapi.json",
                "/api/v1/decisions",
                "/api/v1/denials",
                "/api/v1/trends",
                "/api/v1/posture",
                "/api/v1/gates",
                "/api/v1/workloads",
                "/api/v1/workload?kind=Pod&name=web",
                "/api/v1/results",
                "/api/v1/summary",
                "/api/v1/boards",
                "/api/v1/summary?board=shop",
                "/api/v1/outages",
                "/api/v1/checks",
                "/api/v1/policies",
                "/api/v1/policies/versions",
                "/api/v1/policies/version?version=VERSION",
                "/api/v1/policies/diff?from=VERSION&to=VERSION",
                "/api/v1/exemptions",
                "/api/v1/hosts",
                "/api/v1/audit",
                "/api/v1/settings",
                "/api/v1/impact",
                "/api/v1/impact?id=ID"
            })
    void saysWhatAnAnswerLooksLike(String path) throws Exception {
        String id = console.get("/api/v1/impact").at("/jobs/0/id").stringValue();
        String version = console.get("/api/v1/policies").path("version").stringValue();
        String described = path.replaceFirst("[?].*", "");

        String answer =
                console.get(path.replace("ID", id).replace("VERSION", version)).toString();

        assertThat(problems(schema(described, "get", "200", "application/json"), answer))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/decisions/export", "/api/v1/results/export", "/api/v1/audit/export"})
    void saysWhatALineOfAnExportLooksLike(String path) throws Exception {
        String told = schema(path, "get", "200", "application/x-ndjson")
                .path("description")
                .stringValue();
        String name = told.replaceFirst("On each line an? (.*)[.]", "$1");

        String line = console.ask(path).body().lines().findFirst().orElseThrow();

        assertThat(problems(document.at("/components/schemas/" + name), line)).isEmpty();
    }

    @Test
    void noticesWhatIsNotSaid() {
        JsonNode denial = document.at("/components/schemas/Denial");

        assertThat(problems(denial, "{\"cluster\":1}")).hasSizeGreaterThan(5);
        assertThat(problems(schema("/api/v1/denials", "get", "200", "application/json"), "{\"denials\":[],\"x\":1}"))
                .hasSize(1);
    }

    private JsonNode schema(String path, String method, String status, String type) {
        return document.path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(status)
                .path("content")
                .path(type)
                .path("schema");
    }

    private List<String> problems(@Nullable JsonNode schema, String answer) {
        assertThat(schema).isNotNull().isNotEmpty();
        ObjectNode whole = ((ObjectNode) schema).deepCopy();
        whole.set("components", document.path("components"));
        return SchemaRegistry.withDialect(Dialects.getOpenApi31())
                .getSchema(whole)
                .validate(JsonMapper.shared().readTree(answer))
                .stream()
                .map(Error::toString)
                .toList();
    }
}
