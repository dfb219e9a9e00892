package dev.portcullis.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code docker setup}. */
@Command(
        name = "setup",
        description = "Print what a Docker host needs to be gated; write it only where --write says so.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Try: portcullis docker setup",
            "     sudo portcullis docker setup --write /",
            "     sudo portcullis docker setup --check"
        })
final class DockerSetupCommand implements Callable<Integer> {
    private static final String CHECK = """
            # Then, as root (the first line is for engines from 23.0 on, and tells what they do not take):
            #   dockerd --validate --config-file /etc/docker/daemon.json
            #   systemctl daemon-reload && systemctl enable --now portcullis && systemctl restart docker
            # It works when the log has a line for this, and docker still answers:
            #   docker create --privileged --pull never nothing:1; journalctl -u portcullis | tail -1
            """;

    private static final String GENTLE = """
            # Nothing is denied yet: the log says what would be. When it says what you expect, print this again with --enforce,
            # and restart portcullis.
            """;

    @Option(names = "--enforce", description = "Deny what the built-in policy forbids. Default: only log it.")
    private boolean enforce;

    @Option(
            names = "--write",
            paramLabel = "ROOT",
            description =
                    "Write the unit and daemon.json below this folder (/ on the host itself). A file that is there"
                            + " stays as it is.")
    private @Nullable Path root;

    @Option(
            names = "--check",
            arity = "0..1",
            paramLabel = "SOCKET",
            fallbackValue = EngineSetup.SOCKET,
            description = "Print nothing, but wait until Portcullis answers there as an engine asks it. Default: "
                    + EngineSetup.SOCKET)
    private @Nullable Path check;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "For how long to wait with --check. Default: 60")
    private int wait;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (check != null) {
            return check(check);
        }
        Map<Path, String> files = EngineSetup.files(enforce ? "enforce" : "warn");
        return root == null ? print(files) : write(root, files);
    }

    private int check(Path socket) throws InterruptedException {
        String problem = PluginAnswer.await(socket, Duration.ofSeconds(wait));
        if (problem.isEmpty()) {
            out().println("Portcullis answers on " + socket);
            return ExitCode.COMPLIANT;
        }
        err().println("portcullis: " + problem + " on " + socket
                + ": look at the log of portcullis serve --docker-socket " + socket);
        return ExitCode.INCOMPLETE;
    }

    private int print(Map<Path, String> files) {
        PrintWriter out = out();
        files.forEach((path, text) -> {
            out.println("# /" + path);
            out.println(text);
        });
        out.println(
                "# /" + EngineSetup.PLUGIN + ", for a gate that is reached by TLS and not by its socket: a socket of");
        out.println("# that name is taken first. Without CAFile the engine would trust anybody.");
        out.println(EngineSetup.plugin());
        advise();
        return ExitCode.COMPLIANT;
    }

    private int write(Path below, Map<Path, String> files) {
        List<String> problems = new ArrayList<>();
        files.forEach((path, text) -> {
            Path file = below.resolve(path);
            try {
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
                out().println("wrote " + file);
            } catch (FileAlreadyExistsException there) {
                problems.add(file + " is there and stays as it is: put in by hand what docker setup prints");
            } catch (IOException failed) {
                problems.add(file + " cannot be written: " + failed);
            }
        });
        advise();
        problems.forEach(err()::println);
        return problems.isEmpty() ? ExitCode.COMPLIANT : ExitCode.INCOMPLETE;
    }

    private void advise() {
        out().print(CHECK);
        if (!enforce) {
            out().print(GENTLE);
        }
        out().flush();
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
