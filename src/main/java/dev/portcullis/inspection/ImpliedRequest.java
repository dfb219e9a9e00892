package dev.portcullis.inspection;

import dev.portcullis.kubernetes.PodObject;
import dev.portcullis.workload.Subject;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The request that an API server would send for an object of a document: to create it, by somebody unknown. */
public final class ImpliedRequest {
    private ImpliedRequest() {}

    /** The request, as rules see it. */
    public static ObjectNode toCreate(PodObject object, Subject subject) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        String apiVersion = object.object().path("apiVersion").stringValue("v1");
        int slash = apiVersion.indexOf('/');
        request.putObject("kind")
                .put("group", slash < 0 ? "" : apiVersion.substring(0, slash))
                .put("version", apiVersion.substring(slash + 1))
                .put("kind", subject.kind());
        request.put("operation", "CREATE").put("dryRun", true);
        request.put("name", subject.name() == null ? "" : subject.name());
        request.put("namespace", object.namespace() == null ? "" : object.namespace());
        request.putObject("userInfo").put("username", "").putArray("groups");
        return request;
    }
}
