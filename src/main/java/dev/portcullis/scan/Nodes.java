package dev.portcullis.scan;

import dev.portcullis.cluster.Kubelets;
import dev.portcullis.policy.Selector;
import dev.portcullis.workload.Setting.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** How many processes pods may have on the nodes that may run them, as the nodes' kubelets say. */
final class Nodes {
    static final int MOST = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
    private static final Duration PAUSE_AFTER_SILENCE = Duration.ofMinutes(5);
    private static final int AT_ONCE = 8;
    private static final int MOST_A_TIME = 200;
    private static final int DEFAULT_PORT = 10_250;

    private final Map<String, Node> nodes = new ConcurrentHashMap<>();

    /** A node; what its kubelet says is known once it has been asked. */
    private static final class Node {
        private final Map<String, String> labels;
        private final @Nullable String address;
        private final int port;
        private volatile @Nullable Long limit;
        private volatile long due = System.nanoTime();

        Node(Map<String, String> labels, @Nullable String address, int port) {
            this.labels = labels;
            this.address = address;
            this.port = port;
        }
    }

    /** A node is there; says whether pods may now be on other nodes than before. */
    boolean seen(JsonNode object) {
        String name = object.path("metadata").path("name").stringValue("");
        JsonNode status = object.path("status");
        int port = status.path("daemonEndpoints")
                .path("kubeletEndpoint")
                .path("Port")
                .intValue(DEFAULT_PORT);
        Node now = new Node(Labels.of(object), address(status), port);
        Node before = nodes.get(name);
        if (before == null && nodes.size() >= MOST) {
            LOG.warn("there are more than {} nodes: node {} is not asked for its limit of processes", MOST, name);
            return false;
        }
        if (before != null && before.port == port && Objects.equals(before.address, now.address)) {
            now.limit = before.limit;
            now.due = before.due;
        }
        nodes.put(name, now);
        return before == null || !before.labels.equals(now.labels);
    }

    private static @Nullable String address(JsonNode status) {
        for (JsonNode address : status.path("addresses")) {
            if (address.path("type").asString("").equals("InternalIP")) {
                return address.path("address").stringValue(null);
            }
        }
        return null;
    }

    boolean gone(String name) {
        return nodes.remove(name) != null;
    }

    /**
     * Asks the kubelets that it is time to ask, some of them.
     *
     * @param interval after which they are asked again
     * @return whether any says something else than before
     */
    boolean ask(Kubelets kubelets, Duration interval) throws InterruptedException {
        List<Callable<Boolean>> questions = new ArrayList<>();
        long now = System.nanoTime();
        for (Node node : nodes.values()) {
            if (node.address != null && now - node.due >= 0 && questions.size() < MOST_A_TIME) {
                questions.add(() -> ask(kubelets, node, node.address, interval));
            }
        }
        if (questions.isEmpty()) {
            return false;
        }
        try (ExecutorService asking =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            return asking.invokeAll(questions).stream().anyMatch(answer -> Boolean.TRUE.equals(answer.resultNow()));
        }
    }

    /** What a node's kubelet has said. */
    void tell(String name, long limit) {
        Objects.requireNonNull(nodes.get(name), name).limit = limit;
    }

    private static boolean ask(Kubelets kubelets, Node node, String address, Duration interval) {
        OptionalLong limit = kubelets.podPidsLimit(address, node.port);
        Duration pause =
                limit.isEmpty() && PAUSE_AFTER_SILENCE.compareTo(interval) < 0 ? PAUSE_AFTER_SILENCE : interval;
        node.due = System.nanoTime() + pause.toNanos();
        Long now = limit.isEmpty() ? null : (Long) limit.getAsLong();
        boolean changed = !Objects.equals(now, node.limit);
        node.limit = now;
        return changed;
    }

    /** The worst of what holds where a pod runs or may run; null where a node of which that is not known may be worse. */
    @Nullable Observation<Long> pidsLimit(JsonNode podSpec) {
        String place = podSpec.path("nodeName").stringValue("");
        String worst = null;
        long limit = 0;
        boolean silent = false;
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            String name = entry.getKey();
            Node node = entry.getValue();
            if (place.isEmpty() ? !mayRun(podSpec, name, node) : !name.equals(place)) {
                continue;
            }
            Long known = node.limit;
            if (known == null) {
                silent = true;
            } else if (worst == null || isWorse(known, limit) || (known == limit && name.compareTo(worst) < 0)) {
                worst = name;
                limit = known;
            }
        }
        return worst == null || (silent && limit > 0)
                ? null
                : new Observation<>(limit, "podPidsLimit of node " + worst + " is " + limit);
    }

    private static boolean isWorse(long limit, long than) {
        return than > 0 && (limit <= 0 || limit > than);
    }

    private static boolean mayRun(JsonNode podSpec, String name, Node node) {
        for (Map.Entry<String, String> wanted :
                Labels.texts(podSpec.path("nodeSelector")).entrySet()) {
            if (!wanted.getValue().equals(node.labels.get(wanted.getKey()))) {
                return false;
            }
        }
        JsonNode terms = podSpec.path("affinity")
                .path("nodeAffinity")
                .path("requiredDuringSchedulingIgnoredDuringExecution")
                .path("nodeSelectorTerms");
        return terms.isEmpty() || terms.valueStream().anyMatch(term -> holds(term, name, node));
    }

    private static boolean holds(JsonNode term, String name, Node node) {
        return new Selector(Labels.expressions(term.path("matchExpressions"))).chooses(node.labels)
                && new Selector(Labels.expressions(term.path("matchFields"))).chooses(Map.of("metadata.name", name));
    }
}
