package dev.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.policy.NamespaceKnowledge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the API server does what it seldom does. */
class ClusterTest {
    private static final String POLICIES = "/apis/portcullis.dev/v1alpha1/hardeningpolicies";
    private static final String NAMESPACES = "/api/v1/namespaces";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private FakeApi api;
    private Cluster cluster;

    @BeforeEach
    void begin() throws Exception {
        api = new FakeApi();
        api.lists.put(NAMESPACES, List.of(namespace("shop", "prod")));
        cluster = Cluster.of(api.kubeconfig(folder));
    }

    @AfterEach
    void end() {
        cluster.close();
        api.close();
    }

    @Test
    void isNotSyncedBeforeEverythingHasBeenListed() {
        cluster.start(() -> {});
        cluster.watchPolicies();
        await().atMost(PATIENCE).until(() -> api.requests.stream().anyMatch(one -> one.startsWith(POLICIES)));
        assertThat(cluster.synced()).isFalse();

        api.lists.put(POLICIES, List.of());
        await().atMost(PATIENCE).until(cluster::synced);
        assertThat(api.requests).as("lists are exact").noneMatch(request -> request.contains("resourceVersion=0"));
    }

    @Test
    void whatMayNotBeWatchedIsNotWaitedFor() {
        String exemptions = "/apis/portcullis.dev/v1alpha1/namespaces/held/hardeningexemptions";
        api.pages.put(exemptions, new LinkedBlockingQueue<>(Collections.nCopies(50, "403")));
        api.lists.put(POLICIES, List.of());
        cluster.start(() -> {});
        cluster.watchPolicies();
        cluster.watchExemptions(Set.of("held"));

        await().atMost(PATIENCE).until(cluster::synced);
        assertThat(api.requests).anyMatch(request -> request.startsWith(exemptions));
    }

    @Test
    void listsAgainWhenTheWatchHasExpired() {
        api.lists.put(POLICIES, List.of(policy(1)));
        begun();
        assertThat(generation()).isEqualTo(1);

        api.lists.put(POLICIES, List.of(policy(5)));
        api.send(
                POLICIES,
                "ERROR",
                "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": 410, \"reason\": \"Expired\"}");

        await().atMost(PATIENCE).until(() -> generation() == 5);
    }

    @Test
    void anOlderVersionNeverTakesThePlaceOfANewerOne() {
        api.lists.put(POLICIES, List.of(policy(5)));
        begun();

        api.send(POLICIES, "MODIFIED", policy(4));
        api.send(POLICIES, "ADDED", policy(1).replace("\"p\"", "\"q\""));

        await().atMost(PATIENCE).until(() -> cluster.policies().size() == 2);
        assertThat(cluster.policies())
                .anySatisfy(policy -> assertThat(
                                policy.path("metadata").path("generation").asLong())
                        .isEqualTo(5));
    }

    @Test
    void whatIsKnownStaysWhenTheApiServerGoesAway() {
        api.lists.put(POLICIES, List.of(policy(1)));
        begun();

        api.close();

        assertThat(generation()).isEqualTo(1);
        assertThat(cluster.namespace("shop"))
                .isInstanceOfSatisfying(
                        NamespaceKnowledge.Known.class,
                        known -> assertThat(known.namespace().labels()).containsEntry("tier", "prod"));
        assertThat(cluster.namespace("other")).isEqualTo(NamespaceLookup.UNKNOWN);
        assertThat(cluster.synced()).isTrue();
        await().atMost(PATIENCE).until(() -> !cluster.watching());
    }

    @Test
    void aNamespaceThatNoWatchHasBroughtIsAskedForOnce() {
        api.lists.put(POLICIES, List.of());
        begun();
        api.objects.put(NAMESPACES + "/new", namespace("new", "dev"));

        for (int i = 0; i < 5; i++) {
            assertThat(cluster.namespace("new")).isInstanceOf(NamespaceKnowledge.Known.class);
        }
        assertThat(cluster.namespace("none")).isEqualTo(NamespaceLookup.MISSING);
        assertThat(cluster.namespace("../nodes")).isEqualTo(NamespaceLookup.MISSING);

        assertThat(api.requests.stream().filter(one -> one.startsWith(NAMESPACES + "/new")))
                .hasSize(1);
        assertThat(cluster.asKept().namespace("new")).isInstanceOf(NamespaceKnowledge.Assumed.class);
    }

    private void begun() {
        cluster.start(() -> {});
        cluster.watchPolicies();
        await().atMost(PATIENCE).until(() -> cluster.synced() && cluster.watching());
    }

    private long generation() {
        return cluster.policies().getFirst().path("metadata").path("generation").asLong();
    }

    private static String policy(int generation) {
        return """
                {"apiVersion": "portcullis.dev/v1alpha1", "kind": "HardeningPolicy", "metadata": {"name": "p",
                "uid": "u", "resourceVersion": "%d", "generation": %d}, "spec": {"profile": "baseline"}}""".formatted(200 - generation, generation);
    }

    private static String namespace(String name, String tier) {
        return """
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s", "uid": "u-%s",
                "resourceVersion": "3", "labels": {"tier": "%s"}}}""".formatted(name, name, tier);
    }
}
