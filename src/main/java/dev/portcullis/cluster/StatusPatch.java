package dev.portcullis.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes statuses by merge patches that name the version they are about, so that none covers a newer one. */
record StatusPatch(KubernetesClient client) {
    private static final Logger LOG = LoggerFactory.getLogger(StatusPatch.class);
    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager("portcullis")
            .build();

    StatusResult write(JsonNode resource, ObjectNode status) {
        JsonNode metadata = resource.path("metadata");
        String namespace = metadata.path("namespace").stringValue("");
        Kind kind = namespace.isEmpty() ? Kind.POLICY : Kind.EXEMPTION;
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata")
                .put("resourceVersion", metadata.path("resourceVersion").stringValue(""));
        patch.set("status", status);
        try {
            var all = client.genericKubernetesResources(kind.context());
            var scope = namespace.isEmpty() ? all : all.inNamespace(namespace);
            scope.withName(metadata.path("name").stringValue(""))
                    .subresource("status")
                    .patch(MERGE, patch.toString());
            return StatusResult.WRITTEN;
        } catch (KubernetesClientException refused) {
            LOG.debug("status of {} not written", metadata, refused);
            return switch (refused.getCode()) {
                case 403 -> StatusResult.FORBIDDEN;
                case 404, 409 -> StatusResult.OUTDATED;
                default -> StatusResult.FAILED;
            };
        }
    }
}
