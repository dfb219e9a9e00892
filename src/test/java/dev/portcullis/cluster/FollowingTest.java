package dev.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is told of objects as they change. */
class FollowingTest {
    private static final String PODS = "/api/v1/pods";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private FakeApi api;
    private Cluster cluster;

    @BeforeEach
    void begin() throws Exception {
        api = new FakeApi();
        cluster = Cluster.of(api.kubeconfig(folder));
    }

    @AfterEach
    void end() {
        cluster.close();
        api.close();
    }

    private Following pods() {
        return cluster.following(Kind.POD, new Following.Listener() {
            @Override
            public void seen(ObjectNode object) {
                told.add("seen " + object.at("/metadata/name").asString() + " "
                        + object.at("/metadata/resourceVersion").asString());
            }

            @Override
            public void gone(String namespace, String name) {
                told.add("gone " + namespace + "/" + name);
            }
        });
    }

    @Test
    void tellsOfWhatChangesAndNotOfStatuses() throws Exception {
        api.lists.put(PODS, List.of(pod("a", 1, "x", "Pending")));
        try (Following pods = pods()) {
            assertThat(pods.start(PATIENCE)).isTrue();
            api.send(PODS, "MODIFIED", pod("a", 2, "x", "Running"));
            api.send(PODS, "MODIFIED", pod("a", 3, "y", "Running"));
            api.send(PODS, "ADDED", pod("b", 4, "x", "Pending"));
            api.send(PODS, "DELETED", pod("a", 5, "y", "Running"));

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(told).containsExactly("seen a 1", "seen a 3", "seen b 4", "gone shop/a"));
            assertThat(pods.size()).isEqualTo(1);
            assertThat(pods.has(Trees.live(tree(pod("b", 9, "x", "Running")), Kind.POD)))
                    .as("the same, but for its status and version")
                    .isTrue();
            assertThat(pods.has(Trees.live(tree(pod("b", 9, "z", "Running")), Kind.POD)))
                    .isFalse();
        }
    }

    @Test
    void afterAnExpiredWatchItTellsOfWhatItMissed() throws Exception {
        api.lists.put(PODS, List.of(pod("a", 1, "x", ""), pod("b", 2, "x", ""), pod("c", 3, "x", "")));
        try (Following pods = pods()) {
            assertThat(pods.start(PATIENCE)).isTrue();
            told.clear();
            api.lists.put(PODS, List.of(pod("a", 1, "x", ""), pod("b", 7, "y", ""), pod("d", 8, "x", "")));
            api.send(
                    PODS,
                    "ERROR",
                    "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": 410, \"reason\": \"Expired\"}");

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(told).containsExactlyInAnyOrder("seen b 7", "seen d 8", "gone shop/c"));
        }
    }

    @Test
    void saysThatItMayNot() throws Exception {
        LinkedBlockingQueue<String> refusals = new LinkedBlockingQueue<>();
        for (int i = 0; i < 20; i++) {
            refusals.add("403");
        }
        api.pages.put(PODS, refusals);
        try (Following pods = pods()) {
            long begun = System.nanoTime();
            assertThat(pods.start(PATIENCE)).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE.dividedBy(2));
        }
    }

    private static ObjectNode tree(String json) {
        JsonNode tree = JsonMapper.shared().readTree(json);
        return (ObjectNode) tree;
    }

    private static String pod(String name, int version, String image, String phase) {
        return """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s", "namespace": "shop", "uid": "u-%s",
                "resourceVersion": "%d", "labels": {"b": "2", "a": "1"}}, "spec": {"containers": [{"name": "c", "image": "%s",
                "ports": [{"containerPort": 80}]}]}, "status": {"phase": "%s"}}""".formatted(name, name, version, image, phase);
    }
}
