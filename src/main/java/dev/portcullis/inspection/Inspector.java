package dev.portcullis.inspection;

import dev.portcullis.check.Fix;
import dev.portcullis.docker.DockerReader;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.document.Document;
import dev.portcullis.document.JsonPatch;
import dev.portcullis.document.Position;
import dev.portcullis.document.Positions;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.kubernetes.Manifests;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.FieldPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Judges documents by one set of policies. */
public final class Inspector {
    private final List<Policy> policies;
    private final boolean containers;
    private final Evaluator evaluator;

    /**
     * An inspector.
     *
     * @param containers whether documents are container-create bodies, whatever they look like
     * @param all whether passes are reported too
     */
    public Inspector(List<Policy> policies, boolean containers, boolean all) {
        this.policies = policies;
        this.containers = containers;
        this.evaluator = new Evaluator(all);
    }

    /**
     * Judges everything in a text of one or many documents, JSON or YAML.
     *
     * @param source where the text came from, as the user named it; null for a request's body
     * @param mostDocuments how many documents are read
     * @throws UnreadableException where there are more
     */
    public List<Inspection> inspect(@Nullable String source, byte[] text, int mostDocuments)
            throws UnreadableException {
        List<Inspection> inspections = new ArrayList<>();
        for (Yaml.Result result : Yaml.readEach(text, mostDocuments)) {
            switch (result) {
                case Yaml.Read read -> inspect(source, read.document(), inspections);
                case Yaml.Unread unread -> inspections.add(unreadable(source, unread.error()));
            }
        }
        return inspections;
    }

    private static Inspection unreadable(@Nullable String source, UnreadableException error) {
        return new Inspection.Unreadable(source, error.position(), String.valueOf(error.getMessage()), true);
    }

    private void inspect(@Nullable String source, Document document, List<Inspection> inspections) {
        JsonNode root = document.root();
        if (root.isObject() && (containers || (!Manifests.isObject(root) && DockerReader.looksLikeBody(root)))) {
            inspections.add(container(source, document));
        } else if (Manifests.isObject(root)) {
            Manifests.read(root).forEach(item -> inspections.add(manifest(source, document, item)));
        } else {
            inspections.add(new Inspection.NoWorkload(source, null));
        }
    }

    private Inspection manifest(@Nullable String source, Document document, Manifests.Item item) {
        return switch (item) {
            case Manifests.Other other -> new Inspection.NoWorkload(source, other.kind());
            case Manifests.Malformed malformed ->
                new Inspection.Unreadable(
                        source,
                        nearest(document.positions(), malformed.problem().path()),
                        String.valueOf(malformed.problem().getMessage()),
                        false);
            case Manifests.Pods pods -> judge(source, document, pods);
        };
    }

    private Inspection judge(@Nullable String source, Document document, Manifests.Pods pods) {
        Report report = evaluator.evaluate(pods.workload(), policies);
        Position start = nearest(document.positions(), pods.path());
        List<@Nullable ArrayNode> fixes = fixes(document.root(), report);
        if (!pods.pod()) {
            return new Inspection.Judged(
                    source, start, document.positions(), report.withFixesToCome(), fixes, noPatch(), null);
        }
        ObjectNode root = (ObjectNode) document.root();
        ArrayNode patch = JsonPatch.apply(root, report.edits());
        Report patched = patch.isEmpty() ? null : again(root, pods);
        return new Inspection.Judged(source, start, document.positions(), report, fixes, patch, patched);
    }

    /** Judges what the patch made of the document; the patch is in it now. */
    private Report again(JsonNode root, Manifests.Pods before) {
        for (Manifests.Item item : Manifests.read(root)) {
            if (item instanceof Manifests.Pods pods && pods.path().equals(before.path())) {
                return evaluator.evaluate(pods.workload(), policies);
            }
        }
        throw new IllegalStateException("a patch took " + before.path() + " away");
    }

    private Inspection container(@Nullable String source, Document document) {
        ObjectNode body = (ObjectNode) document.root();
        Position start = document.positions().of("");
        try {
            Report report = evaluator.evaluate(DockerReader.read(body, null), policies);
            List<@Nullable ArrayNode> fixes = fixes(body, report);
            ArrayNode patch = JsonPatch.apply(body, report.edits());
            Report patched = patch.isEmpty() ? null : evaluator.evaluate(DockerReader.read(body, null), policies);
            return new Inspection.Judged(source, start, document.positions(), report, fixes, patch, patched);
        } catch (MalformedBodyException malformed) {
            return new Inspection.Unreadable(
                    source,
                    nearest(document.positions(), malformed.path()),
                    String.valueOf(malformed.getMessage()),
                    false);
        }
    }

    private static List<@Nullable ArrayNode> fixes(JsonNode root, Report report) {
        List<@Nullable ArrayNode> fixes = new ArrayList<>();
        for (Judged judged : report.findings()) {
            Fix fix = judged.finding().fix();
            fixes.add(fix == null ? null : operations(root, fix));
        }
        return fixes;
    }

    private static ArrayNode operations(JsonNode root, Fix fix) {
        ArrayNode operations = noPatch();
        fix.edits().forEach(edit -> operations.addAll(JsonPatch.preview(root, edit)));
        return operations;
    }

    private static ArrayNode noPatch() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Where a field is, or the nearest thing above it that is there. */
    static @Nullable Position nearest(Positions positions, FieldPath path) {
        String pointer = path.pointer();
        Position position = positions.of(pointer);
        while (position == null && !pointer.isEmpty()) {
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
            position = positions.of(pointer);
        }
        return position;
    }
}
