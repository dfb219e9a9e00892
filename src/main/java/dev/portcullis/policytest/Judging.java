package dev.portcullis.policytest;

import dev.portcullis.docker.compose.Surroundings;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.inspection.DocumentPatch;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.inspection.Inspector;
import dev.portcullis.inspection.Premises;
import dev.portcullis.kubernetes.AdmissionRequest;
import dev.portcullis.kubernetes.AdmissionReviewReader;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.kubernetes.MalformedObjectException;
import dev.portcullis.kubernetes.MalformedReviewException;
import dev.portcullis.kubernetes.Manifests;
import dev.portcullis.kubernetes.NotAReviewException;
import dev.portcullis.kubernetes.RequestEvaluator;
import dev.portcullis.policy.Mending;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import dev.portcullis.resource.PolicyTestFile;
import dev.portcullis.workload.ImageKnowledge;
import dev.portcullis.workload.Subject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Judges what cases name: as an API server's request where they tell of one, else as the command line does. */
final class Judging {
    private final TestFolder folder;
    private final PolicySet policies;
    private final ClusterKnowledge cluster;
    private final InstantSource clock;

    Judging(TestFolder folder, PolicySet policies, ClusterKnowledge cluster, InstantSource clock) {
        this.folder = folder;
        this.policies = policies;
        this.cluster = cluster;
        this.clock = clock;
    }

    Verdict judge(PolicyTestFile.Case asked) throws UnreadableResourceException {
        return asked.request() == null ? inspect(asked.resource()) : request(asked.resource(), asked.request());
    }

    private Verdict inspect(PolicyTestFile.Resource resource) throws UnreadableResourceException {
        Premises premises = new Premises(ImageKnowledge.NONE, Surroundings.NONE, cluster, clock);
        List<Inspection> inspections;
        try {
            inspections = new Inspector(policies, null, false, premises)
                    .inspect(folder.name(resource.source()), folder.text(resource.source()), Integer.MAX_VALUE);
        } catch (UnreadableException unreadable) {
            throw new UnreadableResourceException(folder.name(resource.source()) + ": " + unreadable.getMessage());
        }
        List<Inspection.Judged> meant = new ArrayList<>();
        for (Inspection inspection : inspections) {
            if (inspection instanceof Inspection.Judged judged
                    && isMeant(judged.report().subject(), resource)) {
                meant.add(judged);
            } else if (inspection instanceof Inspection.Unreadable unreadable) {
                throw new UnreadableResourceException(folder.name(resource.source()) + ": " + unreadable.error());
            }
        }
        Inspection.Judged judged = only(
                meant,
                resource,
                meant.stream().map(one -> one.report().subject()).toList());
        return new Verdict(judged.report(), judged.patch(), judged.patched());
    }

    private <T> T only(List<T> meant, PolicyTestFile.Resource resource, List<Subject> subjects)
            throws UnreadableResourceException {
        String source = folder.name(resource.source());
        if (meant.isEmpty()) {
            throw new UnreadableResourceException(source + " holds nothing that is judged"
                    + (resource.kind() == null && resource.namespace() == null && resource.name() == null
                            ? ""
                            : " of this kind, namespace and name"));
        }
        if (meant.size() > 1) {
            String found = subjects.stream().map(Subject::display).collect(Collectors.joining(", "));
            throw new UnreadableResourceException(
                    source + " holds several (" + found + "): write {file: …, kind: …, name: …} of one of them");
        }
        return meant.getFirst();
    }

    private static boolean isMeant(Subject subject, PolicyTestFile.Resource resource) {
        return (resource.kind() == null || resource.kind().equals(subject.kind()))
                && (resource.namespace() == null || resource.namespace().equals(subject.namespace()))
                && (resource.name() == null || resource.name().equals(subject.name()));
    }

    private Verdict request(PolicyTestFile.Resource resource, PolicyTestFile.Request request)
            throws UnreadableResourceException {
        try {
            AdmissionRequest asked = AdmissionReviewReader.read(review(resource, request));
            RequestEvaluator evaluator = new RequestEvaluator(cluster);
            Mending.Again<MalformedObjectException> asItIs =
                    () -> evaluator.evaluate(asked, asked.workload().orElseThrow(), policies, clock.instant());
            Report report = asItIs.judge();
            ObjectNode object = asked.object();
            if (object == null || !asked.isPod() || request.operation() != PolicyTestFile.Operation.CREATE) {
                return new Verdict(report, JsonNodeFactory.instance.arrayNode(), null);
            }
            DocumentPatch patch = DocumentPatch.apply(object, report, asItIs);
            return new Verdict(report, patch.operations(), patch.operations().isEmpty() ? null : patch.after(asItIs));
        } catch (MalformedObjectException | MalformedReviewException | NotAReviewException malformed) {
            throw new UnreadableResourceException(folder.name(resource.source()) + ": " + malformed.getMessage());
        }
    }

    private byte[] review(PolicyTestFile.Resource resource, PolicyTestFile.Request request)
            throws UnreadableResourceException {
        Manifests.Pods pods = pods(resource);
        JsonNode object = pods.object().object();
        Subject subject = pods.workload().subject();
        String apiVersion = object.path("apiVersion").stringValue("v1");
        int slash = apiVersion.indexOf('/');
        ObjectNode review = JsonMapper.shared()
                .createObjectNode()
                .put("apiVersion", AdmissionReviewReader.API_VERSION)
                .put("kind", "AdmissionReview");
        ObjectNode asked = review.putObject("request").put("uid", "test");
        asked.putObject("kind")
                .put("group", slash < 0 ? "" : apiVersion.substring(0, slash))
                .put("version", apiVersion.substring(slash + 1))
                .put("kind", subject.kind());
        asked.put("operation", request.operation().name()).put("dryRun", true);
        asked.put("name", subject.name() == null ? "" : subject.name());
        asked.put("namespace", subject.namespace() == null ? "default" : subject.namespace());
        ArrayNode groups =
                asked.putObject("userInfo").put("username", request.username()).putArray("groups");
        request.groups().forEach(groups::add);
        asked.set("object", object);
        if (request.oldObject() != null) {
            asked.set("oldObject", pods(request.oldObject()).object().object());
        }
        return JsonMapper.shared().writeValueAsBytes(review);
    }

    private Manifests.Pods pods(PolicyTestFile.Resource resource) throws UnreadableResourceException {
        List<Manifests.Pods> meant = new ArrayList<>();
        for (Yaml.Result document : folder.documents(resource.source())) {
            if (document instanceof Yaml.Read read
                    && Manifests.isObject(read.document().root())) {
                for (Manifests.Item item : Manifests.read(read.document().root())) {
                    switch (item) {
                        case Manifests.Pods pods when isMeant(pods.workload().subject(), resource) -> meant.add(pods);
                        case Manifests.Malformed malformed ->
                            throw new UnreadableResourceException(folder.name(resource.source()) + ": "
                                    + malformed.problem().getMessage());
                        default -> {
                            // another object
                        }
                    }
                }
            }
        }
        return only(
                meant,
                resource,
                meant.stream().map(pods -> pods.workload().subject()).toList());
    }
}
