package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People whom a cluster knows, at a console that has no more rights than its manifests give. */
@ExtendWith(ControlPlaneExtension.class)
final class KubernetesLoginsIT {
    private static final String NAMESPACE = "portcullis";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static ControlPlane controlPlane;
    private static PortcullisProcess console;

    @BeforeAll
    static void start(ControlPlane cluster) throws Exception {
        controlPlane = cluster;
        GateAccess.grant(cluster, List.of("login-shop", "login-bank"));
        for (String account : List.of("login-root", "login-auditor", "login-team", "login-nobody")) {
            succeeds(cluster.kubectlWithInput(
                    "{apiVersion: v1, kind: ServiceAccount, metadata: {name: " + account + ", namespace: portcullis}}",
                    "apply",
                    "-f",
                    "-"));
        }
        succeeds(cluster.kubectlWithInput("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: login-root}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects: [{kind: ServiceAccount, name: login-root, namespace: portcullis}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: login-auditor}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
                subjects: [{kind: ServiceAccount, name: login-auditor, namespace: portcullis}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: login-team, namespace: login-shop}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-console-viewer}
                subjects: [{kind: ServiceAccount, name: login-team, namespace: portcullis}]
                """, "apply", "-f", "-"));
        console = PortcullisProcess.start(
                "localhost",
                "--kubeconfig",
                GateAccess.console(cluster).toString(),
                "--portcullis.roles=console",
                "--portcullis.namespace=" + NAMESPACE,
                "--portcullis.console.kubernetes.enabled=true");
    }

    @AfterAll
    static void stop() {
        if (console != null) {
            console.close();
        }
        controlPlane.kubectl("delete", "clusterrolebinding", "login-root", "login-auditor", "--ignore-not-found");
    }

    private static String token(String account, String... flags) {
        List<String> command = new java.util.ArrayList<>(List.of("create", "token", account, "-n", NAMESPACE));
        command.addAll(List.of(flags));
        CommandResult made = controlPlane.kubectl(command.toArray(String[]::new));
        succeeds(made);
        return made.stdout().strip();
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = console.client()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + console.consolePort() + path));
    }

    private static HttpResponse<String> ask(String path, String token) throws Exception {
        return send(request(path).header("Authorization", "Bearer " + token).build());
    }

    private static JsonNode me(String token) throws Exception {
        HttpResponse<String> answer = ask("/api/v1/me", token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void rightsInTheClusterSayWhoSeesWhat() throws Exception {
        JsonNode root = me(token("login-root"));
        assertThat(root.path("name").stringValue()).isEqualTo("system:serviceaccount:portcullis:login-root");
        assertThat(root.path("role").stringValue()).isEqualTo("admin");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                me(token("login-auditor")).path("namespaces").isNull())
                        .as("view is made of the console's own role, too")
                        .isTrue());
        assertThat(me(token("login-auditor")).path("role").stringValue()).isEqualTo("viewer");

        String team = token("login-team");
        assertThat(me(team).path("namespaces").toString()).isEqualTo("[\"login-shop\"]");
        assertThat(ask("/api/v1/workloads", team).statusCode()).isEqualTo(200);
        HttpRequest change = request("/api/v1/workloads")
                .header("Authorization", "Bearer " + team)
                .POST(BodyPublishers.noBody())
                .build();
        assertThat(send(change).statusCode()).isEqualTo(403);
    }

    @Test
    void whoMaySeeNothingIsForbiddenAndWhoIsUnknownUnauthorized() throws Exception {
        String nobody = token("login-nobody");
        assertThat(me(nobody).path("namespaces").toString()).isEqualTo("[]");
        assertThat(ask("/api/v1/workloads", nobody).statusCode()).isEqualTo(403);
        assertThat(login(nobody).statusCode()).isEqualTo(403);

        assertThat(ask("/api/v1/me", token("login-root", "--audience=another")).statusCode())
                .isEqualTo(401);
        assertThat(ask("/api/v1/me", token("login-team") + "x").statusCode()).isEqualTo(401);
        assertThat(ask("/api/v1/me", "").statusCode()).isEqualTo(401);
        String log = Files.readString(console.log());
        assertThat(log).contains("refused by token").doesNotContain(nobody, nobody.substring(nobody.length() - 20));
    }

    private static HttpResponse<String> login(String token) throws Exception {
        return send(request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
                .build());
    }

    @Test
    void aSessionEndsWithItsTokenAndSeesWhatItsRightsSayNow() throws Exception {
        HttpResponse<String> begun = login(token("login-team"));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(204);
        String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
        assertThat(bySession(cookie).path("namespaces").toString()).isEqualTo("[\"login-shop\"]");

        succeeds(controlPlane.kubectl(
                "create",
                "rolebinding",
                "login-team",
                "-n",
                "login-bank",
                "--clusterrole=portcullis-console-viewer",
                "--serviceaccount=portcullis:login-team"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(bySession(cookie).path("namespaces").toString())
                                .isEqualTo("[\"login-bank\",\"login-shop\"]"));

        succeeds(controlPlane.kubectl("delete", "rolebinding", "login-team", "-n", "login-bank"));
        succeeds(controlPlane.kubectl("delete", "serviceaccount", "login-team", "-n", NAMESPACE));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(send(request("/api/v1/me")
                                        .header("Cookie", cookie)
                                        .build())
                                .statusCode())
                        .isEqualTo(401));
        succeeds(controlPlane.kubectlWithInput(
                "{apiVersion: v1, kind: ServiceAccount, metadata: {name: login-team, namespace: portcullis}}",
                "apply",
                "-f",
                "-"));
    }

    private static JsonNode bySession(String cookie) throws Exception {
        HttpResponse<String> answer =
                send(request("/api/v1/me").header("Cookie", cookie).build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void aTokenMayHaveToBeMadeForTheConsole() throws Exception {
        Path access = GateAccess.console(controlPlane);
        try (PortcullisProcess strict = PortcullisProcess.start(
                "localhost",
                "--kubeconfig",
                access.toString(),
                "--portcullis.roles=console",
                "--portcullis.namespace=" + NAMESPACE,
                "--portcullis.console.kubernetes.enabled=true",
                "--portcullis.console.kubernetes.audiences=portcullis")) {
            assertThat(status(strict, token("login-root"))).isEqualTo(401);
            assertThat(status(strict, token("login-root", "--audience=portcullis")))
                    .isEqualTo(200);
        }
    }

    private static int status(PortcullisProcess asked, String token) throws Exception {
        try (HttpClient client = asked.client()) {
            return client.send(
                            HttpRequest.newBuilder(
                                            URI.create("https://localhost:" + asked.consolePort() + "/api/v1/me"))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
