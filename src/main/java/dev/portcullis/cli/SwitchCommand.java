package dev.portcullis.cli;

import dev.portcullis.registration.SwitchException;
import dev.portcullis.registration.WebhookSwitch;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What opens and shuts the gate of a cluster; which cluster, and which gates in it. */
abstract class SwitchCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Where the gates run. Default: what the webhook configurations say, else portcullis.")
    private @Nullable String namespace;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of the webhook configurations. Default: portcullis",
            defaultValue = "portcullis")
    private String name = "portcullis";

    @Spec
    private @Nullable CommandSpec spec;

    /** Does it, and gives the exit code. */
    abstract int run(WebhookSwitch gate, PrintWriter out) throws SwitchException, InterruptedException;

    @Override
    public Integer call() throws InterruptedException {
        WebhookSwitch found;
        try {
            found = WebhookSwitch.of(cluster.kubeconfig(), cluster.context(), name, namespace);
        } catch (SwitchException unusable) {
            tell(String.valueOf(unusable.getMessage()));
            return ExitCode.UNREADABLE;
        }
        try (WebhookSwitch gate = found) {
            PrintWriter out = spec().commandLine().getOut();
            int code = run(gate, out);
            out.flush();
            return code;
        } catch (SwitchException failed) {
            tell(String.valueOf(failed.getMessage()));
            return ExitCode.INCOMPLETE;
        }
    }

    void tell(String sentence) {
        spec().commandLine().getErr().println("portcullis: " + sentence);
    }

    /** What was deleted of the webhook configurations, by their kinds. */
    String deleted(List<String> kinds) {
        return kinds.isEmpty()
                ? "There was no webhook configuration " + name + " to delete."
                : "Deleted " + String.join(" and ", kinds) + " " + name + ".";
    }

    CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    String name() {
        return name;
    }
}
