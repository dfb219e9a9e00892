package dev.portcullis.kubernetes;

import dev.portcullis.check.Words;
import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.kubernetes.AdmissionRequest.Operation;
import dev.portcullis.workload.FieldPath;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what an API server sends to a webhook. */
public final class AdmissionReviewReader {
    /** The only version served; it is the only one that API servers since 1.22 send. */
    public static final String API_VERSION = "admission.k8s.io/v1";

    private static final int LONGEST_UID = 128;

    private AdmissionReviewReader() {}

    /**
     * Reads a review.
     *
     * @throws NotAReviewException where there is no uid to answer to
     * @throws MalformedReviewException where there is one, and something else is wrong
     */
    public static AdmissionRequest read(byte[] body) throws NotAReviewException, MalformedReviewException {
        JsonNode root;
        try {
            root = Json.read(body);
        } catch (UnreadableException unreadable) {
            throw new MalformedReviewException(uidOf(body, unreadable), "the review is " + unreadable.getMessage());
        }
        return read(root);
    }

    /** The uid of a review of which only the beginning may be there. */
    public static Optional<String> uidOf(byte[] head) {
        return Json.peek(head, "request", "uid").filter(AdmissionReviewReader::isUid);
    }

    private static String uidOf(byte[] body, UnreadableException unreadable) throws NotAReviewException {
        Optional<String> uid = uidOf(body);
        if (uid.isEmpty()) {
            throw new NotAReviewException("not an AdmissionReview: " + unreadable.getMessage());
        }
        return uid.get();
    }

    private static AdmissionRequest read(JsonNode root) throws NotAReviewException, MalformedReviewException {
        if (!root.isObject() || !"AdmissionReview".equals(root.path("kind").stringValue(null))) {
            throw new NotAReviewException("not an AdmissionReview: send a JSON object of kind AdmissionReview");
        }
        String version = root.path("apiVersion").stringValue("");
        if (!version.equals(API_VERSION)) {
            throw new NotAReviewException("apiVersion " + Words.value(version) + " is not served, only " + API_VERSION
                    + ": set admissionReviewVersions to [v1]");
        }
        String uid = root.path("request").path("uid").stringValue("");
        if (!isUid(uid)) {
            throw new NotAReviewException(
                    "request.uid is missing, empty or longer than " + LONGEST_UID + " characters");
        }
        try {
            return request(uid, Fields.of(root, FieldPath.ROOT).object("request"));
        } catch (MalformedObjectException malformed) {
            throw new MalformedReviewException(uid, String.valueOf(malformed.getMessage()));
        }
    }

    private static AdmissionRequest request(String uid, Fields request) throws MalformedObjectException {
        Fields kind = request.object("kind");
        requireAgreement(kind, request.object("object"));
        requireAgreement(kind, request.object("oldObject"));
        String namespace = request.text("namespace");
        String subresource = request.text("subResource");
        String name = request.text("name");
        List<String> groups = request.object("userInfo").texts("groups");
        return new AdmissionRequest(
                uid,
                textOrEmpty(kind, "group"),
                textOrEmpty(kind, "kind"),
                subresource == null ? "" : subresource,
                operation(request),
                namespace == null || namespace.isEmpty() ? null : namespace,
                name == null || name.isEmpty() ? null : name,
                request.object("userInfo").text("username"),
                groups == null ? Set.of() : Set.copyOf(groups),
                Boolean.TRUE.equals(request.flag("dryRun")),
                object(request, "object"),
                object(request, "oldObject"),
                request.raw());
    }

    /** An object of another kind than the request names would be judged as what it is not, or not at all. */
    private static void requireAgreement(Fields kind, Fields object) throws MalformedObjectException {
        String asked = kind.text("kind");
        if (asked == null || asked.isEmpty()) {
            throw new MalformedObjectException(kind.pathOf("kind"), "is missing");
        }
        String stated = object.text("kind");
        if (stated != null && !stated.equals(asked)) {
            throw new MalformedObjectException(
                    object.pathOf("kind"), "is " + stated + ", but the request is about a " + asked);
        }
        String apiVersion = object.text("apiVersion");
        String group = textOrEmpty(kind, "group");
        if (apiVersion != null && !group.equals(apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/'))))) {
            throw new MalformedObjectException(
                    object.pathOf("apiVersion"),
                    "is " + apiVersion + ", but the request is about the group \"" + group + "\"");
        }
    }

    private static Operation operation(Fields request) throws MalformedObjectException {
        String operation = textOrEmpty(request, "operation");
        return Arrays.stream(Operation.values())
                .filter(known -> known.name().equals(operation))
                .findFirst()
                .orElseThrow(() -> new MalformedObjectException(
                        request.pathOf("operation"), "is " + Words.value(operation) + ", which is not known"));
    }

    private static @Nullable ObjectNode object(Fields request, String name) throws MalformedObjectException {
        return request.object(name).isPresent() ? (ObjectNode) request.node(name) : null;
    }

    private static String textOrEmpty(Fields fields, String name) throws MalformedObjectException {
        String text = fields.text(name);
        return text == null ? "" : text;
    }

    private static boolean isUid(String uid) {
        return !uid.isEmpty() && uid.length() <= LONGEST_UID;
    }
}
