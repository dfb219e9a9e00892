package dev.portcullis.testing;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** AdmissionReviews that tests send. */
public final class Reviews {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Reviews() {}

    /** An object from its YAML. */
    public static ObjectNode object(String yaml) {
        try {
            return (ObjectNode) Yaml.readAll(yaml.getBytes(StandardCharsets.UTF_8), 1)
                    .getFirst()
                    .root();
        } catch (UnreadableException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    /** A review that creates an object, whose metadata has its namespace, asked for by ann. */
    public static ObjectNode create(ObjectNode object) {
        String apiVersion = object.path("apiVersion").stringValue("");
        int slash = apiVersion.indexOf('/');
        ObjectNode review =
                JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request").put("uid", "0001").put("operation", "CREATE");
        request.putObject("kind")
                .put("group", slash < 0 ? "" : apiVersion.substring(0, slash))
                .put("version", apiVersion.substring(slash + 1))
                .put("kind", object.path("kind").stringValue(""));
        request.put("namespace", object.at("/metadata/namespace").stringValue("default"));
        request.put("name", object.at("/metadata/name").stringValue(""));
        request.putObject("userInfo").put("username", "ann").putArray("groups").add("developers");
        request.set("object", object);
        return review;
    }

    /** A review that updates an object from what it was. */
    public static ObjectNode update(ObjectNode before, ObjectNode object) {
        ObjectNode review = create(object);
        ObjectNode request = (ObjectNode) review.path("request");
        request.put("operation", "UPDATE").set("oldObject", before);
        return review;
    }
}
