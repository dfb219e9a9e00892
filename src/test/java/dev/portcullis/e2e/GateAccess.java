package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a cluster gives a gate before it starts: resource definitions, namespaces, and the rights that its role names. */
final class GateAccess {
    private static final String NAMESPACE = "portcullis";

    private GateAccess() {}

    /**
     * Installs what the manifests hold.
     *
     * @param namespaces more namespaces that are to be there
     * @return the kubeconfig of the gate's service account
     */
    static Path grant(ControlPlane controlPlane, List<String> namespaces) throws IOException {
        succeeds(controlPlane.kubectl("apply", "-f", "k8s-manifests/crds"));
        for (String definition : List.of("hardeningpolicies", "hardeningexemptions")) {
            succeeds(controlPlane.kubectl(
                    "wait", "--for=condition=Established", "crd/" + definition + ".portcullis.dev", "--timeout=30s"));
        }
        namespace(controlPlane, NAMESPACE);
        namespaces.forEach(namespace -> namespace(controlPlane, namespace));
        succeeds(controlPlane.kubectl(
                "apply",
                "-f",
                "k8s-manifests/rbac.yaml",
                "-f",
                "k8s-manifests/console-rbac.yaml",
                "-f",
                "k8s-manifests/certificates.yaml"));
        return kubeconfig(controlPlane, "portcullis-gate");
    }

    /** The kubeconfig of the console's service account, after the same was installed. */
    static Path console(ControlPlane controlPlane) throws IOException {
        return kubeconfig(controlPlane, "portcullis-console");
    }

    /** Lets the gate's service account do what the console's may too, where one process is both. */
    static void grantScan(ControlPlane controlPlane) {
        succeeds(controlPlane.kubectlWithInput(rightsToScan(), "apply", "-f", "-"));
    }

    /** Takes away again what other tests have granted so. */
    static void revokeScan(ControlPlane controlPlane) {
        succeeds(controlPlane.kubectlWithInput(rightsToScan(), "delete", "--ignore-not-found", "-f", "-"));
    }

    private static String rightsToScan() {
        return """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: gate-and-console}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-console}
                subjects: [{kind: ServiceAccount, name: portcullis-gate, namespace: portcullis}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: gate-and-console, namespace: portcullis}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: portcullis-console}
                subjects: [{kind: ServiceAccount, name: portcullis-gate, namespace: portcullis}]
                """;
    }

    /** The kubeconfig of one who may read what scans look at. */
    static Path scanner(ControlPlane controlPlane) throws IOException {
        succeeds(controlPlane.kubectlWithInput("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: scanner, namespace: portcullis}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: scanner}
                rules:
                  - apiGroups: ["", apps, batch, portcullis.dev]
                    resources: [pods, replicationcontrollers, deployments, replicasets, statefulsets, daemonsets, jobs,
                      cronjobs, namespaces, hardeningpolicies, hardeningexemptions]
                    verbs: [get, list]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: scanner}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: scanner}
                subjects: [{kind: ServiceAccount, name: scanner, namespace: portcullis}]
                """, "apply", "-f", "-"));
        return kubeconfig(controlPlane, "scanner");
    }

    /** The kubeconfig of a service account beside the gate's own. */
    static Path kubeconfig(ControlPlane controlPlane, String serviceAccount) throws IOException {
        CommandResult token = controlPlane.kubectl("create", "token", serviceAccount, "-n", NAMESPACE, "--duration=1h");
        succeeds(token);
        String server = controlPlane.client().getConfiguration().getMasterUrl();
        String authority = controlPlane.client().getConfiguration().getCaCertFile();
        assumeTrue(authority != null, "the control plane's CA is in no file");
        return Files.writeString(Files.createTempFile("portcullis", ".kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: e2e, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: gate, user: {token: "%s"}}]
                contexts: [{name: e2e, context: {cluster: e2e, user: gate}}]
                current-context: e2e
                """.formatted(
                        server, authority, token.stdout().strip()));
    }

    /** Classes share the control plane, so that it may be there. */
    private static void namespace(ControlPlane controlPlane, String name) {
        succeeds(controlPlane.kubectlWithInput(
                "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}", "apply", "-f", "-"));
    }
}
