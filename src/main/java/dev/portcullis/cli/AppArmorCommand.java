package dev.portcullis.cli;

import dev.portcullis.profile.ProfileException;
import dev.portcullis.profile.apparmor.Abi;
import dev.portcullis.profile.apparmor.AppArmorProfiles;
import dev.portcullis.profile.apparmor.Mode;
import dev.portcullis.profile.apparmor.Style;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code profile apparmor}. */
@Command(
        name = "apparmor",
        description = "Print AppArmor profiles made from bane's TOML, a pod or a controller of pods, a compose file, a"
                + " container-create body, or what docker inspect prints of a container.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Try: portcullis profile apparmor --from pod.yaml",
            "     docker inspect web | portcullis profile apparmor --from - --mode complain"
        })
final class AppArmorCommand implements Callable<Integer> {
    private static final Path FOLDER = Path.of("/etc/apparmor.d");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            required = true,
            description = "What to make it from; - for standard input.")
    private String from = "";

    @Mixin
    private ContainerSource source = new ContainerSource();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "enforce",
            description = "enforce, or complain: allow what is not allowed, and log it. Default: enforce")
    private Mode mode = Mode.enforce;

    @Option(
            names = "--style",
            paramLabel = "STYLE",
            defaultValue = "allow-list",
            converter = StyleNames.class,
            completionCandidates = StyleNames.class,
            description = "allow-list: nothing but what is listed. docker-default: everything but what engines' own"
                    + " profile denies and what is said to be read-only or forbidden. Default: allow-list")
    private Style style = Style.ALLOW_LIST;

    @Option(
            names = "--abi",
            paramLabel = "VERSION",
            defaultValue = "3.0",
            converter = AbiNames.class,
            completionCandidates = AbiNames.class,
            description =
                    "The features of AppArmor it is written for: 3.0, 4.0, or installed: the newest that the parser"
                            + " on this machine knows. Default: 3.0")
    private Abi abi = Abi.V3;

    @Option(
            names = "--read",
            paramLabel = "GLOB",
            description = "Allow reading nothing but this and what is said. Repeatable.")
    private List<String> readable = List.of();

    @Option(names = "--write", paramLabel = "GLOB", description = "Allow writing this too. Repeatable.")
    private List<String> writable = List.of();

    @Option(
            names = "--exec",
            paramLabel = "GLOB",
            description = "Allow executing nothing but this and what is said, which no workload says. Repeatable.")
    private List<String> executable = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text: as AppArmor's parser reads it. operator: resources of the Security Profiles Operator."
                    + " configmap: a ConfigMap, for an installer on every node. Default: text")
    private ProfileForm output = ProfileForm.text;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        ContainerSource.Text text = ContainerSource.read(command, "--from", from);
        try {
            AppArmorProfiles profiles = new AppArmorProfiles(style, mode, abi, readable, writable, executable);
            if (text.isToml()) {
                profiles.addBane(text.source(), text.bytes(), source.name());
            } else {
                for (ContainerSource.Named named : source.containers(command, text)) {
                    profiles.add(named.name(), named.needs());
                }
            }
            PrintWriter out = command.getOut();
            out.print(
                    switch (output) {
                        case text -> profiles.text();
                        case operator -> profiles.operator();
                        case configmap -> profiles.configMap();
                    });
            out.flush();
            return ExitCode.COMPLIANT;
        } catch (ProfileException impossible) {
            throw new ParameterException(command, String.valueOf(impossible.getMessage()), impossible);
        }
    }

    /** The styles by the names that users give. */
    static final class StyleNames extends Names<Style> {
        StyleNames() {
            super(Style.values());
        }
    }

    /** The features by the names that users give. */
    static final class AbiNames extends Names<Abi> {
        AbiNames() {
            super(Abi.values(), "installed", () -> Abi.installed(FOLDER));
        }
    }
}
