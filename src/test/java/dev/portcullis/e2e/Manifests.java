package dev.portcullis.e2e;

/**
 * YAML for the cases: what passes everything that the built-in default enforces, with one security context put in. No node
 * matches its node selector, so pods stay Pending and nothing is pulled, whatever the control plane.
 */
final class Manifests {
    static final String IMAGE =
            "registry.example/web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    static final String OTHER_IMAGE =
            "registry.example/web@sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    /** A container's security context that passes. */
    static final String GOOD =
            "{allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}";

    // Without allowPrivilegeEscalation: the API server itself refuses false beside privileged or SYS_ADMIN.
    static final String PRIVILEGED = "{privileged: true, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}";
    static final String SYS_ADMIN = "{readOnlyRootFilesystem: true, capabilities: {drop: [ALL], add: [SYS_ADMIN]}}";

    private static final String POD_SECURITY =
            "{runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}";

    private Manifests() {}

    static String pod(String name, String securityContext) {
        return pod("name: " + name, POD_SECURITY, container("web", securityContext));
    }

    /** A pod that the API server is to name. */
    static String unnamedPod(String prefix, String securityContext) {
        return pod("generateName: " + prefix, POD_SECURITY, container("web", securityContext));
    }

    static String podOf(String name, String containers) {
        return pod("name: " + name, POD_SECURITY, containers);
    }

    /** Lacks the settings that a safe fix adds, and nothing else. */
    static String fixablePod(String name) {
        return pod(
                "name: " + name,
                "{runAsUser: 10001}",
                container("web", "{readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}"));
    }

    static String heldPod(String name, String finalizer, String securityContext) {
        return pod(
                "name: " + name + ", finalizers: [\"" + finalizer + "\"]",
                POD_SECURITY,
                container("web", securityContext));
    }

    static String deployment(String name, String securityContext) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: %2$s
                """.formatted(name, spec("Always", POD_SECURITY, container("web", securityContext)));
    }

    static String cronJob(String name, String securityContext) {
        return """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: %1$s}
                spec:
                  schedule: "0 3 * * *"
                  jobTemplate:
                    spec:
                      template:
                        spec: %2$s
                """.formatted(name, spec("Never", POD_SECURITY, container("web", securityContext)));
    }

    static String statefulSet(String name, String securityContext) {
        return """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: %1$s}
                spec:
                  serviceName: %1$s
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: %2$s
                """.formatted(name, spec("Always", POD_SECURITY, container("web", securityContext)));
    }

    static String container(String name, String securityContext) {
        return """
                {name: %s, image: "%s", resources: {limits: {cpu: 100m, memory: 64Mi}}, \
                readinessProbe: {tcpSocket: {port: 8080}}, securityContext: %s}""".formatted(name, IMAGE, securityContext);
    }

    private static String pod(String metadata, String podSecurity, String containers) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {%s}
                spec: %s
                """.formatted(metadata, spec("Always", podSecurity, containers));
    }

    private static String spec(String restartPolicy, String podSecurity, String containers) {
        return """
                {restartPolicy: %s, nodeSelector: {portcullis.dev/e2e: nowhere}, hostUsers: false, \
                automountServiceAccountToken: false, securityContext: %s, containers: [%s]}""".formatted(restartPolicy, podSecurity, containers);
    }
}
