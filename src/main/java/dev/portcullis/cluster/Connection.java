package dev.portcullis.cluster;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a cluster is reached: by a kubeconfig, or from a pod in it by the pod's service account. Nothing else is looked at. */
record Connection(Config config) {
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final int PATIENCE = 2_000;

    /** By a file, as kubectl reads it, in its current context. */
    static Connection byKubeconfig(Path file) throws UnusableKubeconfigException {
        return read("kubeconfig " + file, null, () -> {
            if (!Files.readString(file).contains("clusters")) {
                throw new IllegalArgumentException("it names no cluster");
            }
            return Config.fromKubeconfig(file.toFile());
        });
    }

    /**
     * As kubectl finds it: a file, else {@code KUBECONFIG}, else the one in the home folder.
     *
     * @param context of the kubeconfig; null is its current one
     */
    static Connection asKubectl(@Nullable Path file, @Nullable String context) throws UnusableKubeconfigException {
        if (file == null) {
            return read("the kubeconfig", context, () -> Config.autoConfigure(context));
        }
        return context == null
                ? byKubeconfig(file)
                : read("kubeconfig " + file, context, () -> {
                    Files.readString(file);
                    return Config.fromKubeconfig(context, file.toFile());
                });
    }

    private static Connection read(String name, @Nullable String context, Callable<Config> reading)
            throws UnusableKubeconfigException {
        try {
            Config config = reading.call();
            requireContext(context, config);
            return new Connection(config);
        } catch (Exception unusable) {
            throw new UnusableKubeconfigException(
                    name + " cannot be used: " + reason(unusable) + "; give the path of one that kubectl takes",
                    unusable);
        }
    }

    /** One that is not there would be passed over, and another cluster spoken to. */
    private static void requireContext(@Nullable String context, Config config) {
        List<String> known =
                config.getContexts().stream().map(NamedContext::getName).toList();
        if (context != null && !known.contains(context)) {
            throw new IllegalArgumentException("it has no context " + context + ", but " + String.join(", ", known));
        }
    }

    private static String reason(Exception unusable) {
        return unusable instanceof NoSuchFileException
                ? "there is no such file"
                : String.valueOf(unusable.getMessage()).lines().findFirst().orElse("it is no YAML");
    }

    /** From a pod; null where this is none. */
    static @Nullable Connection inCluster() {
        String host = System.getenv("KUBERNETES_SERVICE_HOST");
        String port = System.getenv("KUBERNETES_SERVICE_PORT");
        if (host == null || port == null || !Files.exists(ACCOUNT.resolve("token"))) {
            return null;
        }
        String authority = host.contains(":") ? "[" + host + "]" : host;
        return new Connection(new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + authority + ":" + port)
                .withCaCertFile(ACCOUNT.resolve("ca.crt").toString())
                .withOauthTokenProvider(Connection::token)
                .withNamespace(ownNamespace())
                .build());
    }

    private static @Nullable String ownNamespace() {
        try {
            return Files.readString(ACCOUNT.resolve("namespace")).strip();
        } catch (IOException unknown) {
            return null;
        }
    }

    /** Read anew each time: it is replaced before it expires. */
    private static String token() {
        try {
            return Files.readString(ACCOUNT.resolve("token")).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Null where nothing names one. */
    @Nullable String namespace() {
        return config.getNamespace();
    }

    KubernetesClient client() {
        return client(config -> config.withRequestRetryBackoffLimit(1));
    }

    /** One for questions that a decision waits for. */
    KubernetesClient impatientClient() {
        return client(config -> config.withRequestTimeout(PATIENCE)
                .withConnectionTimeout(PATIENCE)
                .withRequestRetryBackoffLimit(0));
    }

    private KubernetesClient client(UnaryOperator<ConfigBuilder> changes) {
        ConfigBuilder builder = changes.apply(new ConfigBuilder(config)
                .withWatchList(false)
                .withWatchReconnectInterval(1_000)
                .withUserAgent("portcullis"));
        return new KubernetesClientBuilder().withConfig(builder.build()).build();
    }
}
