package dev.portcullis.cli;

import dev.portcullis.check.Words;
import dev.portcullis.policy.Mode;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code proxy}. */
@Command(
        name = "proxy",
        description = "A Docker socket in front of the engine's own: denies what the policy forbids, fixes what it can"
                + " (pids limit, no-new-privileges and the like), and passes on the rest.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Try: portcullis proxy --listen unix:///run/portcullis/docker.sock",
            "     docker --host unix:///run/portcullis/docker.sock run --rm --privileged busybox"
        })
public final class ProxyCommand implements Callable<Integer> {
    private final Proxy proxy;

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "unix://PATH",
            description = "Where clients connect; its owner and its group may.")
    private String listen = "";

    @Option(
            names = "--upstream",
            paramLabel = "unix://PATH",
            description = "The engine's own socket. Default: unix:///var/run/docker.sock")
    private String upstream = "unix:///var/run/docker.sock";

    @Option(names = "--policy", paramLabel = "FILE|FOLDER", description = "HardeningPolicy files. Default: built in.")
    private @Nullable Path policy;

    @Option(
            names = "--default-mode",
            paramLabel = "MODE",
            description =
                    "What the built-in policy does with what it forbids: enforce, warn or audit. Default: enforce")
    private String defaultMode = "enforce";

    @Spec
    private @Nullable CommandSpec spec;

    ProxyCommand(Proxy proxy) {
        this.proxy = proxy;
    }

    /** What is started. */
    @FunctionalInterface
    public interface Proxy {
        /**
         * Serves until it is told to stop.
         *
         * @param policy null for the built-in one
         * @param defaultMode that of the built-in one
         * @return the exit code
         */
        int proxy(Path listen, Path upstream, @Nullable Path policy, Mode defaultMode) throws InterruptedException;
    }

    @Override
    public Integer call() throws InterruptedException {
        return proxy.proxy(path("--listen", listen), path("--upstream", upstream), policy, mode());
    }

    private Path path(String option, String address) {
        return UnixSocket.path(Objects.requireNonNull(spec).commandLine(), option, address);
    }

    private Mode mode() {
        return switch (defaultMode) {
            case "enforce" -> Mode.ENFORCE;
            case "warn" -> Mode.WARN;
            case "audit" -> Mode.AUDIT;
            default -> throw wrong("--default-mode is " + Words.value(defaultMode) + ": write enforce, warn or audit");
        };
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), sentence);
    }
}
