package dev.portcullis.cli;

import dev.portcullis.profile.Capabilities;
import dev.portcullis.profile.Needs;
import dev.portcullis.profile.ProfileException;
import dev.portcullis.profile.ProfileName;
import dev.portcullis.profile.seccomp.Recording;
import dev.portcullis.profile.seccomp.RuntimeNeeds;
import dev.portcullis.profile.seccomp.SeccompObjects;
import dev.portcullis.seccomp.Action;
import dev.portcullis.seccomp.ProfileEditor;
import dev.portcullis.seccomp.ProfileWriter;
import dev.portcullis.seccomp.RuntimeDefault;
import dev.portcullis.seccomp.SeccompException;
import dev.portcullis.seccomp.SeccompProfile;
import dev.portcullis.seccomp.SyscallChoice;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code profile seccomp}. */
@Command(
        name = "seccomp",
        description =
                "Print a seccomp profile: the runtime's default or another one, with more allowed or denied, or only"
                        + " what was recorded of a program.",
        mixinStandardHelpOptions = true,
        subcommands = {SeccompDiffCommand.class, SeccompExplainCommand.class, SeccompGroupsCommand.class},
        footer = {
            "",
            "Try: portcullis profile seccomp --from pod.yaml --container app --deny @io-uring",
            "     strace -f -o web.strace ./web; portcullis profile seccomp --record web.strace",
            "     portcullis profile seccomp explain profile.json"
        })
final class SeccompCommand implements Callable<Integer> {
    private static final String NONE = "none";

    /** A name a line, so that versions of a profile can be compared. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(new DefaultPrettyPrinter()
                    .withArrayIndenter(new DefaultIndenter("  ", "\n"))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    enum Form {
        oci,
        docker,
        operator,
        configmap
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--base",
            paramLabel = "default|none|FILE",
            description =
                    "What to begin with: the runtime's default (" + RuntimeDefault.VERSION + "), what a runtime needs"
                            + " to start a program at all, or a file. Default: none with --record, else default")
    private @Nullable String base;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "A workload whose container's capabilities decide which rules count; - for standard input.")
    private @Nullable String from;

    @Mixin
    private ContainerSource source = new ContainerSource();

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Allow what strace, an audit log or oci-seccomp-bpf-hook recorded. Repeatable.")
    private List<String> records = List.of();

    @Option(
            names = "--allow",
            paramLabel = "CALL",
            description = "Allow NAME, @GROUP or \"NAME if arg0 == 16 and arg1 & 0xf == 3\". Repeatable.")
    private List<String> allowed = List.of();

    @Option(
            names = "--deny",
            paramLabel = "CALL",
            description = "Deny the same, after all that is allowed. Repeatable.")
    private List<String> denied = List.of();

    @Option(
            names = "--default-action",
            paramLabel = "ACTION",
            converter = ActionNames.class,
            completionCandidates = ActionNames.class,
            description =
                    "What is done about everything else: errno, log, trap, kill-process. Default: as the base has it")
    private @Nullable DefaultAction defaultAction;

    @Mixin
    private SeccompHosts hosts = new SeccompHosts();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "oci",
            description =
                    "oci: as Kubernetes and runtimes take it. docker: moby's form, whose rules ask about the host."
                            + " operator: a resource of the Security Profiles Operator. configmap. Default: oci")
    private Form output = Form.oci;

    /** What is done about calls that no rule names, by the names that users give. */
    enum DefaultAction {
        errno(Action.ERRNO),
        log(Action.LOG),
        trap(Action.TRAP),
        killprocess(Action.KILL_PROCESS);

        private final Action action;

        DefaultAction(Action action) {
            this.action = action;
        }

        /** As users write it. */
        @Override
        public String toString() {
            return this == killprocess ? "kill-process" : name();
        }
    }

    /** The actions by the names that users give. */
    static final class ActionNames extends Names<DefaultAction> {
        ActionNames() {
            super(DefaultAction.values());
        }
    }

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        try {
            ContainerSource.@Nullable Named container = container(command);
            List<String> origin = new ArrayList<>();
            SeccompProfile profile = edited(command, origin);
            Set<String> capabilities = capabilities(container, origin);
            PrintWriter out = command.getOut();
            out.print(
                    output == Form.docker
                            ? json(profile)
                            : written(container, origin, profile.on(hosts.of(List.of(profile), capabilities))));
            out.flush();
            return ExitCode.COMPLIANT;
        } catch (ProfileException | SeccompException impossible) {
            throw new ParameterException(command, String.valueOf(impossible.getMessage()), impossible);
        }
    }

    private ContainerSource.@Nullable Named container(CommandLine command) throws ProfileException {
        if (from == null) {
            return null;
        }
        List<ContainerSource.Named> containers =
                source.containers(command, ContainerSource.read(command, "--from", from));
        if (containers.size() > 1) {
            throw new ParameterException(
                    command, from + " has " + containers.size() + " containers: choose one with --container");
        }
        return containers.getFirst();
    }

    private static Set<String> capabilities(ContainerSource.@Nullable Named container, List<String> origin)
            throws ProfileException {
        if (container == null) {
            return Capabilities.of(Capabilities.DEFAULT).prefixed();
        }
        Needs needs = container.needs();
        origin.add("For the capabilities of " + needs.what() + ".");
        return needs.capabilities().prefixed();
    }

    private SeccompProfile edited(CommandLine command, List<String> origin) throws ProfileException, SeccompException {
        SeccompProfile begun = base(command, origin);
        if (defaultAction != null) {
            // Before anything is denied, since only what is not done anyway is written.
            Action action = defaultAction.action;
            begun = begun.otherwise(action, action == Action.ERRNO ? begun.defaultErrno() : null);
        }
        ProfileEditor editor = new ProfileEditor(begun);
        for (String record : records) {
            ContainerSource.Text text = ContainerSource.read(command, "--record", record);
            editor.allow(new SyscallChoice(Recording.read(text.source(), text.bytes()), List.of()));
            origin.add("With what was recorded in " + record + ".");
        }
        for (String call : allowed) {
            editor.allow(SyscallChoice.of("--allow", call));
            origin.add("Allowed: " + call + ".");
        }
        for (String call : denied) {
            editor.deny(SyscallChoice.of("--deny", call));
            origin.add("Denied: " + call + ".");
        }
        return editor.profile();
    }

    private SeccompProfile base(CommandLine command, List<String> origin) {
        String named = base == null ? (records.isEmpty() ? SeccompFiles.DEFAULT : NONE) : base;
        origin.add(
                switch (named) {
                    case NONE -> "Made from the least that a runtime needs.";
                    case SeccompFiles.DEFAULT -> "Made from the runtime's default, " + RuntimeDefault.VERSION + ".";
                    default -> "Made from " + named + ".";
                });
        return named.equals(NONE) ? RuntimeNeeds.profile() : SeccompFiles.read(command, "--base", named);
    }

    private String written(ContainerSource.@Nullable Named container, List<String> origin, SeccompProfile flat)
            throws ProfileException {
        return switch (output) {
            case oci, docker -> json(flat);
            case operator -> SeccompObjects.operator(name(container), origin, flat);
            case configmap -> SeccompObjects.configMap(name(container), origin, json(flat));
        };
    }

    private ProfileName name(ContainerSource.@Nullable Named container) throws ProfileException {
        ProfileName given = source.name();
        if (given != null) {
            return given;
        }
        if (container == null) {
            throw new ProfileException("-o " + output, "needs a name to call the object by", "give one with --name");
        }
        return container.name();
    }

    private static String json(SeccompProfile profile) {
        return JSON.writeValueAsString(ProfileWriter.write(profile)) + "\n";
    }
}
