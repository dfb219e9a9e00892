package dev.portcullis.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster is meant. */
final class ClusterOptions {
    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The cluster. Default: as kubectl finds it, by KUBECONFIG or in the home folder.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "A context of the kubeconfig. Default: its own.")
    private @Nullable String context;

    @Nullable Path kubeconfig() {
        return kubeconfig;
    }

    @Nullable String context() {
        return context;
    }
}
