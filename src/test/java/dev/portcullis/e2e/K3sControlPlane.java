package dev.portcullis.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** K3s in a container. Its API server reaches this machine's loopback by Testcontainers' host name. */
final class K3sControlPlane implements ControlPlane {
    private static final String IMAGE = System.getProperty("portcullis.e2e.k3s", "rancher/k3s:v1.34.1-k3s1");
    private static final String STDIN = "/tmp/kubectl.in";

    private final K3sContainer container;
    private final KubernetesClient client;

    private K3sControlPlane(K3sContainer container, KubernetesClient client) {
        this.container = container;
        this.client = client;
    }

    /** Starts one and waits until it serves; Docker must be there. */
    // The container is closed with the control plane, and by Testcontainers should the JVM be killed.
    @SuppressWarnings("resource")
    static K3sControlPlane start() {
        K3sContainer container = new K3sContainer(DockerImageName.parse(IMAGE)).withAccessToHost(true);
        container.start();
        return new K3sControlPlane(
                container,
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(container.getKubeConfigYaml()))
                        .build());
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public CommandResult kubectlWithInput(String stdin, String... args) {
        List<String> command =
                new ArrayList<>(List.of("timeout", "60", "/bin/sh", "-c", "exec kubectl \"$@\" < " + STDIN, "kubectl"));
        command.addAll(List.of(args));
        container.copyFileToContainer(Transferable.of(stdin.getBytes(StandardCharsets.UTF_8)), STDIN);
        try {
            ExecResult result = container.execInContainer(command.toArray(String[]::new));
            return new CommandResult(result.getExitCode(), result.getStdout(), result.getStderr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while kubectl ran", e);
        }
    }

    @Override
    public boolean runsControllers() {
        return true;
    }

    @Override
    public String webhookHost() {
        return "host.testcontainers.internal";
    }

    @Override
    public String webhookUrl(int port, String path) {
        Testcontainers.exposeHostPorts(port);
        return ControlPlane.super.webhookUrl(port, path);
    }

    @Override
    public void close() {
        client.close();
        container.stop();
    }
}
