package dev.portcullis.inspection;

import dev.portcullis.check.Fix;
import dev.portcullis.check.Words;
import dev.portcullis.docker.run.RunLine;
import dev.portcullis.docker.run.RunLineException;
import dev.portcullis.document.Document;
import dev.portcullis.document.JsonPatch;
import dev.portcullis.document.Position;
import dev.portcullis.document.Positions;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.document.YamlDialect;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.kubernetes.PodObject;
import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Matter;
import dev.portcullis.workload.Requester;
import dev.portcullis.workload.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Judges documents by one set of policies. */
public final class Inspector {
    /** In the order in which they are asked: what says itself what it is comes first. */
    private static final List<DocumentReader> READERS = List.of(
            new KubernetesDocuments(),
            new ComposeDocuments(),
            new InspectedContainers(),
            new Images(),
            new CreateBodies());

    private final PolicySet policies;
    private final @Nullable DocumentReader only;
    private final @Nullable String kind;
    private final Premises premises;
    private final Evaluator evaluator;
    private final boolean asksForNamespaces;

    /**
     * An inspector that sees nothing but the documents themselves, and knows nothing of images but their names.
     *
     * @param kind what documents are, whatever they look like; null where they tell
     * @param all whether passes are reported too
     * @throws IllegalArgumentException where there is no such kind
     */
    public Inspector(PolicySet policies, @Nullable String kind, boolean all) {
        this(policies, kind, all, Premises.NONE);
    }

    /**
     * An inspector.
     *
     * @param kind what documents are, whatever they look like; null where they tell
     * @param all whether passes are reported too
     * @throws IllegalArgumentException where there is no such kind
     */
    public Inspector(PolicySet policies, @Nullable String kind, boolean all, Premises premises) {
        this.policies = policies;
        this.only = kind == null ? null : reader(kind);
        this.kind = kind;
        this.premises = premises;
        this.evaluator = new Evaluator(all);
        this.asksForNamespaces = policies.asksForNamespaces();
    }

    /** Null for a kind that is no tree. */
    private static @Nullable DocumentReader reader(String kind) {
        if (kind.equals(Dockerfiles.KIND)) {
            return null;
        }
        return READERS.stream()
                .filter(reader -> !kind.isEmpty() && reader.kind().equals(kind))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no document is of the kind " + Words.value(kind) + ": use "
                                + READERS.stream()
                                        .map(DocumentReader::kind)
                                        .filter(known -> !known.isEmpty())
                                        .collect(Collectors.joining(", "))
                                + ", " + Dockerfiles.KIND + "; a Kubernetes object says itself what it is"));
    }

    /**
     * Judges everything in a text of one or many documents, JSON or YAML, in a Dockerfile or in a {@code docker run}.
     *
     * @param source where the text came from, as the user named it; null for a request's body
     * @param mostDocuments how many documents are read
     * @throws UnreadableException where there are more
     */
    public List<Inspection> inspect(@Nullable String source, byte[] text, int mostDocuments)
            throws UnreadableException {
        if (kind == null ? Dockerfiles.recognizes(source, text) : kind.equals(Dockerfiles.KIND)) {
            return List.of(Dockerfiles.inspect(source, text, this::evaluate));
        }
        if ((kind == null || kind.equals(CreateBodies.KIND)) && RunLine.recognizes(text)) {
            return List.of(runLine(source, text));
        }
        List<Inspection> inspections = new ArrayList<>();
        List<Yaml.Result> results = Yaml.readEach(text, mostDocuments, Inspector::dialect);
        boolean parted = ComposeDocuments.areParted(results);
        ClusterKnowledge cluster = cluster(results);
        for (Yaml.Result result : results) {
            switch (result) {
                case Yaml.Read read
                when parted && readerOf(read.document().root()) instanceof ComposeDocuments ->
                    inspections.add(new Inspection.Unreadable(
                            source, read.document().positions().of(""), ComposeDocuments.PARTED, false));
                case Yaml.Read read -> inspections.addAll(inspect(source, read.document(), cluster));
                case Yaml.Unread unread -> inspections.add(unreadable(source, unread.error()));
            }
        }
        return inspections;
    }

    private Inspection runLine(@Nullable String source, byte[] text) {
        try {
            RunLine line = RunLine.read(text);
            Inspection inspection = inspect(source, line);
            if (!(inspection instanceof Inspection.Judged judged)) {
                return inspection;
            }
            Inspector offering = new Inspector(policies.overwriting(), null, false, premises);
            Inspector searching = new Inspector(RunLines.SEARCHING, null, false, premises);
            return judged.saidBy(RunLines.mended(
                    line,
                    judged.report(),
                    other -> offering.report(source, other),
                    other -> searching.report(source, other)));
        } catch (RunLineException unreadable) {
            return new Inspection.Unreadable(source, unreadable.position(), unreadable.getMessage(), false);
        }
    }

    private Inspection inspect(@Nullable String source, RunLine line) {
        Document document = new Document(line.body(), line.positions());
        return new Reading(source, document, new RunLines(line), premises.cluster())
                .inspect()
                .getFirst();
    }

    /** What is found of a command; empty where an engine would not take it. */
    private Optional<Report> report(@Nullable String source, RunLine line) {
        return inspect(source, line) instanceof Inspection.Judged judged
                ? Optional.of(judged.report())
                : Optional.empty();
    }

    /** How a document with certain keys is read. */
    public static YamlDialect dialect(Set<String> rootKeys) {
        return ComposeDocuments.claims(rootKeys) ? YamlDialect.COMPOSE : YamlDialect.KUBERNETES;
    }

    private static Inspection unreadable(@Nullable String source, UnreadableException error) {
        return new Inspection.Unreadable(source, error.position(), String.valueOf(error.getMessage()), true);
    }

    /** What is known with the namespaces that the documents themselves describe. */
    private ClusterKnowledge cluster(List<Yaml.Result> results) {
        if (!asksForNamespaces) {
            return premises.cluster();
        }
        NamespaceDocuments namespaces = new NamespaceDocuments(premises.cluster());
        namespaces.learn(results);
        return namespaces;
    }

    private Report evaluate(Matter matter) {
        return evaluator.evaluate(
                matter, policies, Circumstances.at(premises.clock().instant()));
    }

    private List<Inspection> inspect(@Nullable String source, Document document, ClusterKnowledge cluster) {
        DocumentReader reader = readerOf(document.root());
        return reader == null
                ? List.of(new Inspection.NoWorkload(source, null))
                : new Reading(source, document, reader, cluster).inspect();
    }

    private @Nullable DocumentReader readerOf(JsonNode root) {
        if (only != null) {
            return root.isContainer() ? only : null;
        }
        return READERS.stream()
                .filter(reader -> reader.recognizes(root))
                .findFirst()
                .orElse(null);
    }

    /** One document as one kind of it. */
    private final class Reading {
        private final JsonNode root;
        private final DocumentReader reader;
        private final DocumentReader.Origin origin;
        private final DocumentReader.Places places;
        private final ClusterKnowledge cluster;

        Reading(@Nullable String source, Document document, DocumentReader reader, ClusterKnowledge cluster) {
            this.root = document.root();
            this.reader = reader;
            this.origin = new DocumentReader.Origin(source, document.positions(), premises.surroundings());
            this.cluster = cluster;
            this.places = reader.places(root, document.positions());
        }

        List<Inspection> inspect() {
            List<Inspection> inspections = new ArrayList<>();
            Map<String, Integer> patched = new LinkedHashMap<>();
            for (DocumentReader.Item item : reader.read(root, origin)) {
                Inspection inspection = inspect(item);
                if (item instanceof DocumentReader.Found found
                        && inspection instanceof Inspection.Judged judged
                        && !judged.patch().isEmpty()) {
                    patched.put(found.path().pointer(), inspections.size());
                }
                inspections.add(inspection);
            }
            if (!patched.isEmpty()) {
                again(patched, inspections);
            }
            return inspections;
        }

        private Inspection inspect(DocumentReader.Item item) {
            return switch (item) {
                case DocumentReader.Other other -> new Inspection.NoWorkload(origin.source(), other.kind());
                case DocumentReader.Malformed malformed ->
                    new Inspection.Unreadable(
                            origin.source(), nearest(places.of(null), malformed.path()), malformed.problem(), false);
                case DocumentReader.Found found -> judge(found);
            };
        }

        /** Leaves open what is found after the patch, which is in the document then. */
        private Inspection judge(DocumentReader.Found found) {
            Report judged = evaluate(found);
            Report report = switch (found.patching()) {
                case HERE, NEVER -> judged;
                case LATER -> judged.withFixesToCome();
                case IMPOSSIBLE -> judged.withoutFixes();
            };
            List<@Nullable ArrayNode> fixes = fixes(root, report);
            Map<String, String> names = names(root, report);
            ArrayNode patch = found.patching() == DocumentReader.Patching.HERE
                    ? DocumentPatch.apply((ObjectNode) root, report, () -> judgeAgain(found))
                            .operations()
                    : noPatch();
            Positions positions = places.of(found.path());
            Position start = nearest(positions, found.path());
            return new Inspection.Judged(origin.source(), start, positions, report, names, fixes, patch, null);
        }

        /**
         * Judges what all patches together made of the document, which is read once for all of them. There is no patch for what
         * they make too large to be read.
         *
         * @param patched the places among the inspections of what was patched, by the pointers to it
         */
        private void again(Map<String, Integer> patched, List<Inspection> inspections) {
            boolean unreadable = false;
            for (DocumentReader.Item item : reader.read(root, origin)) {
                if (item instanceof DocumentReader.Found found) {
                    Integer index = patched.remove(found.path().pointer());
                    if (index != null) {
                        Report after = evaluate(found);
                        inspections.set(index, ((Inspection.Judged) inspections.get(index)).patchedTo(after));
                    }
                }
                unreadable |= item instanceof DocumentReader.Malformed;
            }
            if (!unreadable && !patched.isEmpty()) {
                throw new IllegalStateException("a patch took " + patched.keySet() + " away");
            }
            patched.values()
                    .forEach(left -> inspections.set(left, ((Inspection.Judged) inspections.get(left)).unpatched()));
        }

        /** What is found of the same thing in the document as it is now; nothing where it cannot be read any more. */
        private Report judgeAgain(DocumentReader.Found before) {
            return reader.read(root, origin).stream()
                    .filter(DocumentReader.Found.class::isInstance)
                    .map(DocumentReader.Found.class::cast)
                    .filter(found -> found.path().equals(before.path()))
                    .findFirst()
                    .map(this::evaluate)
                    .orElseGet(() -> evaluate(before).withoutFixes());
        }

        private Report evaluate(DocumentReader.Found found) {
            Matter matter = found.matter() instanceof Workload workload
                    ? workload.knowing(premises.images())
                            .resolving(premises.digests())
                            .confinedBy(premises.profiles())
                    : found.matter();
            return evaluator
                    .evaluate(matter, policies, circumstances(found, cluster))
                    .withoutFixes(edit -> !reader.mends(found, edit, origin.positions()));
        }
    }

    private Circumstances circumstances(DocumentReader.Found found, ClusterKnowledge cluster) {
        Instant now = premises.clock().instant();
        PodObject object = found.object();
        if (object == null) {
            return Circumstances.at(now);
        }
        return object.circumstances(
                now,
                Requester.UNKNOWN,
                null,
                () -> ImpliedRequest.toCreate(object, found.matter().subject()),
                cluster);
    }

    /** For each finding the operations of its fix alone; null where it has none. */
    static List<@Nullable ArrayNode> fixes(JsonNode root, Report report) {
        List<@Nullable ArrayNode> fixes = new ArrayList<>();
        for (Judged judged : report.findings()) {
            Fix fix = judged.finding().fix();
            fixes.add(fix == null ? null : operations(root, fix));
        }
        return fixes;
    }

    private static Map<String, String> names(JsonNode root, Report report) {
        Map<String, String> names = new HashMap<>();
        for (Edit edit : report.edits()) {
            for (String pointer = edit.path().pointer();
                    !pointer.isEmpty();
                    pointer = pointer.substring(0, pointer.lastIndexOf('/'))) {
                String name = root.at(pointer).path("name").stringValue("");
                if (!name.isEmpty()) {
                    names.put(pointer, name);
                }
            }
        }
        return names;
    }

    private static ArrayNode operations(JsonNode root, Fix fix) {
        ArrayNode operations = noPatch();
        fix.edits().forEach(edit -> operations.addAll(JsonPatch.preview(root, edit)));
        return operations;
    }

    /** No operation. */
    static ArrayNode noPatch() {
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
