package dev.portcullis.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many pods of many Deployments, made as fast as an API server takes them. The Deployments are paused and own their pods
 * themselves, so that no controller has anything to do.
 *
 * @param namespaces the names of those that are made for them
 */
record ManyWorkloads(ControlPlane controlPlane, List<String> namespaces) implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private static final int MOST_ATTEMPTS = 10;
    private static final ResourceDefinitionContext DEPLOYMENTS = kind("apps", "Deployment", "deployments");
    private static final ResourceDefinitionContext REPLICA_SETS = kind("apps", "ReplicaSet", "replicasets");
    private static final ResourceDefinitionContext PODS = kind("", "Pod", "pods");

    /** What a template holds: a side container, probes, environment and volumes, about 3 KB. */
    private static final String SPEC = """
            {"nodeSelector": {"portcullis.dev/e2e": "nowhere"}, "terminationGracePeriodSeconds": 0,
             "volumes": [{"name": "cache", "emptyDir": {}}, {"name": "config", "configMap": {"name": "config"}}],
             "containers": [
              {"name": "web", "image": "registry.example/web:1.2.3", "ports": [{"containerPort": 8080}],
               "env": [{"name": "MODE", "value": "production"}, {"name": "LEVEL", "value": "info"},
                {"name": "REGION", "value": "eu-central-1"}, {"name": "QUEUE", "value": "orders"}],
               "resources": {"requests": {"cpu": "100m", "memory": "64Mi"}},
               "readinessProbe": {"httpGet": {"path": "/ready", "port": 8080}},
               "volumeMounts": [{"name": "cache", "mountPath": "/cache"}, {"name": "config", "mountPath": "/etc/web"}]},
              {"name": "logs", "image": "registry.example/logs:4.5.6", "env": [{"name": "TARGET", "value": "logs.example"}],
               "volumeMounts": [{"name": "cache", "mountPath": "/cache"}]}]}""";

    private static ResourceDefinitionContext kind(String group, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    /** Makes them, a hundred Deployments a namespace, with a ReplicaSet each that is past. None asks for pods: controllers leave them alone. */
    static ManyWorkloads make(ControlPlane controlPlane, int deployments, int podsOfEach) {
        List<String> namespaces = new ArrayList<>();
        for (int i = 0; i < (deployments + 99) / 100; i++) {
            namespaces.add(controlPlane.namespace("many-" + i, Map.of()));
        }
        ManyWorkloads workloads = new ManyWorkloads(controlPlane, namespaces);
        try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Void>> making = new ArrayList<>();
            for (int i = 0; i < deployments; i++) {
                String namespace = namespaces.get(i / 100);
                String name = "web-" + i;
                making.add(() -> workloads.make(namespace, name, podsOfEach));
            }
            for (Future<Void> made : executor.invokeAll(making)) {
                made.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("not all could be made", e);
        }
        return workloads;
    }

    private Void make(String namespace, String name, int pods) {
        String template = """
                {"metadata": {"labels": {"app": "%s"}}, "spec": %s}""".formatted(name, SPEC);
        String uid = create(DEPLOYMENTS, namespace, """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "%s"}, "spec": {"paused": true,
                "replicas": 0, "selector": {"matchLabels": {"app": "%1$s"}}, "template": %2$s}}""".formatted(name, template));
        create(REPLICA_SETS, namespace, """
                {"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": "%s-1", "labels": {"app": "%1$s"}, %s}, "spec": {"replicas": 0,
                "selector": {"matchLabels": {"app": "%1$s"}}, "template": %3$s}}""".formatted(name, owner(name, uid), template));
        for (int i = 0; i < pods; i++) {
            create(PODS, namespace, """
                    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s-%d", "labels": {"app": "%1$s"}, %s},
                    "spec": %s}""".formatted(name, i, owner(name, uid), SPEC));
        }
        return null;
    }

    private String create(ResourceDefinitionContext kind, String namespace, String json) {
        KubernetesClient client = controlPlane.client();
        GenericKubernetesResource object =
                client.getKubernetesSerialization().unmarshal(json, GenericKubernetesResource.class);
        var all = client.genericKubernetesResources(kind).inNamespace(namespace);
        for (int attempt = 1; ; attempt++) {
            try {
                return all.resource(object).create().getMetadata().getUid();
            } catch (KubernetesClientException failed) {
                // What was asked for may have been made all the same.
                if (failed.getCode() == 409) {
                    return all.withName(object.getMetadata().getName())
                            .get()
                            .getMetadata()
                            .getUid();
                }
                if (attempt == MOST_ATTEMPTS) {
                    throw failed;
                }
            }
        }
    }

    private static String owner(String name, String uid) {
        return """
                "ownerReferences": [{"apiVersion": "apps/v1", "kind": "Deployment", "name": "%s", "uid": "%s", "controller": true}]""".formatted(name, uid);
    }

    /** Takes the namespaces away, without waiting for it. */
    @Override
    public void close() {
        namespaces.forEach(namespace ->
                controlPlane.client().namespaces().withName(namespace).delete());
    }
}
