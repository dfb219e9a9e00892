package dev.portcullis.inspection;

import dev.portcullis.kubernetes.Manifests;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Objects of the Kubernetes API, alone, in lists and in AdmissionReviews. */
final class KubernetesDocuments implements DocumentReader {
    @Override
    public String kind() {
        return "";
    }

    @Override
    public boolean recognizes(JsonNode root) {
        return Manifests.isObject(root);
    }

    @Override
    public List<Item> read(JsonNode root) {
        return Manifests.read(root).stream().map(KubernetesDocuments::item).toList();
    }

    private static Item item(Manifests.Item item) {
        return switch (item) {
            case Manifests.Pods pods ->
                new Found(pods.path(), pods.workload(), pods.pod() ? Patching.HERE : Patching.LATER, pods.object());
            case Manifests.Other other -> new Other(other.kind());
            case Manifests.Malformed malformed ->
                new Malformed(
                        malformed.problem().path(),
                        String.valueOf(malformed.problem().getMessage()));
        };
    }
}
