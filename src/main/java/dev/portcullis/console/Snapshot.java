package dev.portcullis.console;

import dev.portcullis.history.History;
import dev.portcullis.http.HttpError;
import dev.portcullis.policy.BoundCheck;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.ContentHash;
import dev.portcullis.resource.Origins;
import dev.portcullis.workload.Platform;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The policies of one version, as the history keeps them.
 *
 * @param documents as they were written, without what a cluster adds, by what they are called; none of what is built in
 * @param whole whether the documents are all there: they are left out where they are too long to keep
 * @param asked by policy and check, how it is asked
 */
record Snapshot(Map<String, JsonNode> documents, boolean whole, Map<String, Map<String, Asked>> asked) {
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final int LONGEST = 4 << 20;
    private static final int NOT_FOUND = 404;
    private static final String GONE = "no such version is kept: the last 200 are, of 16 MiB together";

    /**
     * How a policy asks a check.
     *
     * @param fix which of its fixes are made
     * @param except who is excepted
     */
    record Asked(String mode, Map<String, Object> parameters, String fix, List<String> except) {}

    /** What is in force. */
    static Snapshot of(PolicySet set, Origins origins) {
        Map<String, Map<String, Asked>> asked = new TreeMap<>();
        for (Policy policy : set.policies()) {
            String platforms =
                    policy.platforms().stream().map(Platform::id).sorted().collect(Collectors.joining(", "));
            Map<String, Asked> checks = asked.computeIfAbsent(
                    platforms.isEmpty() ? policy.name() : policy.name() + " (" + platforms + ")", _ -> new TreeMap<>());
            policy.checks().forEach(bound -> checks.put(bound.check().info().id(), asked(bound)));
        }
        Map<String, JsonNode> documents = new TreeMap<>();
        origins.documents().forEach(document -> documents.put(name(document), document));
        boolean whole = SORTED.writeValueAsString(documents).length() <= LONGEST;
        return new Snapshot(whole ? documents : Map.of(), whole, asked);
    }

    private static Asked asked(BoundCheck bound) {
        List<String> except = new TreeSet<>(bound.except().users()).stream().collect(Collectors.toList());
        new TreeSet<>(bound.except().groups()).forEach(group -> except.add("group " + group));
        return new Asked(
                bound.mode().id(),
                new TreeMap<>(bound.criteria().parameters().values()),
                bound.fixing().name().toLowerCase(Locale.ROOT),
                except);
    }

    private static String name(JsonNode document) {
        JsonNode metadata = document.path("metadata");
        String namespace = metadata.path("namespace").asString("");
        String name = metadata.path("name").asString("");
        return document.path("kind").asString("") + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }

    /** Whether these are the documents of that version; for a moment they may be those of the next one. */
    static boolean agree(PolicySet set, Origins origins) {
        if (origins.documents().isEmpty()) {
            return true;
        }
        ContentHash hash = new ContentHash();
        origins.documents().forEach(hash::add);
        return set.version().endsWith(hash.text());
    }

    String written() {
        return SORTED.writeValueAsString(this);
    }

    /** What {@link #written} wrote. */
    static Snapshot read(String written) {
        return SORTED.readValue(written, Snapshot.class);
    }

    /** The one of a version that a history keeps. */
    static Snapshot kept(History history, String version) throws HttpError {
        return Answer.to(() -> history.policyVersion(version))
                .map(Snapshot::read)
                .orElseThrow(() -> new HttpError(NOT_FOUND, GONE));
    }

    /** A document as YAML, its members in the order of their names. */
    static String yaml(JsonNode document) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(false);
        options.setSplitLines(false);
        return new Yaml(options)
                .dump(SORTED.readValue(
                        SORTED.writeValueAsString(SORTED.treeToValue(document, Object.class)), Map.class));
    }

    /** All documents as one text. */
    String yaml() {
        return documents.values().stream().map(Snapshot::yaml).collect(Collectors.joining("---\n"));
    }
}
