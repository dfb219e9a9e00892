package dev.portcullis.registration;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Texts that gates share in a Secret, such as a certificate and its key. The Secret itself is made by whoever installs. */
public record SharedSecret(KubernetesClient client, String namespace, String name) {
    private static final int CONFLICT = 409;

    /** What it holds at one time. */
    public static final class Contents {
        private final Secret read;
        private final Map<String, String> texts;

        private Contents(Secret read, Map<String, String> texts) {
            this.read = read;
            this.texts = texts;
        }

        /** By name. */
        public Map<String, String> texts() {
            return texts;
        }
    }

    /**
     * Reads it.
     *
     * @throws IllegalStateException where it does not exist
     * @throws KubernetesClientException where the API server refuses, or is not reached
     */
    public Contents read() {
        Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
        if (secret == null) {
            throw new IllegalStateException(this + " does not exist: make it, empty, of type Opaque");
        }
        Map<String, String> texts = new HashMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            texts.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return new Contents(secret, texts);
    }

    /** Writes these texts in the place of others of their names; false where another wrote since it was read. */
    public boolean write(Contents before, Map<String, String> texts) {
        Map<String, String> data = new TreeMap<>();
        Map<String, String> all = new HashMap<>(before.texts);
        all.putAll(texts);
        all.forEach((key, value) ->
                data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        String version = before.read.getMetadata().getResourceVersion();
        try {
            client.resource(new SecretBuilder(before.read).withData(data).build())
                    .lockResourceVersion(version)
                    .update();
            return true;
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == CONFLICT) {
                return false;
            }
            throw refused;
        }
    }

    @Override
    public String toString() {
        return "Secret " + namespace + "/" + name;
    }
}
