package dev.portcullis.e2e;

/** Texts of policies, exemptions and what they are about. */
final class LiveResources {
    /** The namespace that holds exemptions. */
    static final String HELD = "portcullis-exemptions";

    /** The namespace of what is judged. */
    static final String SHOP = "live-shop";

    private LiveResources() {}

    static String policy(String name, String spec) {
        return """
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningPolicy
                metadata: {name: %s}
                spec: {%s}
                """.formatted(name, spec);
    }

    static String exemption(String name, String kind, String subject, String checks, String end) {
        return """
                apiVersion: portcullis.dev/v1alpha1
                kind: HardeningExemption
                metadata: {name: %s, namespace: %s}
                spec:
                  subject: {namespace: %s, kind: %s, name: %s}
                  checks: %s
                  owner: sre@example.com
                  reason: for a test
                  expiresAt: "%s"
                """.formatted(name, HELD, SHOP, kind, subject, checks, end);
    }

    static String podJson(String name, boolean privileged, boolean hostNetwork, String owner) {
        return """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"%s}, "spec": {"hostNetwork": %s,
                "containers": [{"name": "web", "image": "%s", "securityContext": {"privileged": %s}}]}}""".formatted(name, owner, hostNetwork, Manifests.IMAGE, privileged);
    }

    static String owner(String name, String uid) {
        return """
                , "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "%s", "uid": "%s",
                "controller": true}]""".formatted(name, uid);
    }
}
