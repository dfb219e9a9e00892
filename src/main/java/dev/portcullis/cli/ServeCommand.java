package dev.portcullis.cli;

import dev.portcullis.check.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code serve}. */
@Command(
        name = "serve",
        description = "Serve admission, dry runs and metrics over HTTPS.",
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    private final Server server;

    @Option(names = "--data", paramLabel = "DIR", description = "What the server keeps. Default: ./data")
    private @Nullable Path data;

    @Option(names = "--policy", paramLabel = "FILE|FOLDER", description = "HardeningPolicy files. Default: built in.")
    private @Nullable Path policy;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The cluster to guard. Default: the one this runs in, if any.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--webhook-url",
            paramLabel = "URL",
            description = "Register with the cluster's API server, which reaches this at https://HOST:PORT.")
    private @Nullable String webhookUrl;

    @Option(
            names = "--docker-socket",
            paramLabel = "PATH",
            description =
                    "Where to be a Docker engine's plugin: /run/docker/plugins/portcullis.sock. Default: nowhere.")
    private @Nullable Path dockerSocket;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            split = ",",
            description = "What this is: gate, which answers API servers and engines; console, which keeps the history,"
                    + " looks at the cluster and answers people. Default: gate,console")
    private List<String> roles = List.of();

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain, PEM. Default: self-signed.")
    private @Nullable Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key, PEM.")
    private @Nullable Path tlsKey;

    @Unmatched
    private List<String> properties = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    ServeCommand(Server server) {
        this.server = server;
    }

    /** What is started. */
    @FunctionalInterface
    public interface Server {
        /**
         * Serves until it is told to stop.
         *
         * @param properties further properties as {@code --name=value}
         * @return the exit code
         */
        int serve(
                @Nullable Path data,
                @Nullable Path policy,
                @Nullable Path tlsCertificate,
                @Nullable Path tlsKey,
                List<String> properties)
                throws InterruptedException;
    }

    @Override
    public Integer call() throws InterruptedException {
        for (String property : properties) {
            if (!property.startsWith("--portcullis.") && !property.startsWith("--logging.")) {
                throw new ParameterException(
                        Objects.requireNonNull(spec).commandLine(), "Unknown option: " + Words.value(property));
            }
        }
        if (kubeconfig != null) {
            properties.add("--portcullis.kubeconfig=" + kubeconfig);
        }
        if (webhookUrl != null) {
            properties.add("--portcullis.webhook.url=" + webhookUrl);
        }
        if (dockerSocket != null) {
            properties.add("--portcullis.docker.socket=" + dockerSocket);
        }
        if (!roles.isEmpty()) {
            properties.add("--portcullis.roles=" + String.join(",", roles));
        }
        return server.serve(data, policy, tlsCertificate, tlsKey, properties);
    }
}
