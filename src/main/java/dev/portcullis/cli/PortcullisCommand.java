package dev.portcullis.cli;

import dev.portcullis.workload.Printable;
import java.io.PrintWriter;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The program's commands. */
@Command(
        name = "portcullis",
        description = "The gate in front of every container: one hardening policy for Kubernetes pods and Docker"
                + " containers.",
        mixinStandardHelpOptions = true,
        versionProvider = PortcullisCommand.Version.class,
        subcommands = GenerateCompletion.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 compliant, 1 violations, 2 bad usage or unreadable input, 3 could not complete.",
            "Try: portcullis check pod.yaml"
        })
public final class PortcullisCommand extends CommandGroup {
    private static final int LONGEST_LINE = 500;

    private PortcullisCommand() {}

    /**
     * The command line.
     *
     * @param server what is started to serve
     * @param proxy what is started in front of a Docker engine
     */
    public static CommandLine commandLine(ServeCommand.Server server, ProxyCommand.Proxy proxy) {
        CommandLine commands = new CommandLine(new PortcullisCommand());
        CommandLine serve = new CommandLine(new ServeCommand(server));
        serve.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> ServeProperties.help());
        commands.addSubcommand(serve);
        commands.addSubcommand(new CheckCommand());
        commands.addSubcommand(new FixCommand());
        commands.addSubcommand(new ChecksCommand());
        commands.addSubcommand(new ExplainCommand());
        commands.addSubcommand(new PolicyCommand());
        commands.addSubcommand(new TestCommand());
        commands.addSubcommand(new ScanCommand());
        commands.addSubcommand(new ProfileCommand());
        commands.addSubcommand(new ProxyCommand(proxy));
        commands.addSubcommand(new DockerCommand());
        commands.addSubcommand(new HistoryCommand());
        commands.addSubcommand(new ImpactCommand());
        commands.addSubcommand(new InstallCommand());
        commands.addSubcommand(new UninstallCommand());
        commands.addSubcommand(new ReleaseCommand());
        commands.setExecutionExceptionHandler((failure, command, parsed) -> {
            PrintWriter err = command.getErr();
            err.println("portcullis: " + failure);
            return ExitCode.INCOMPLETE;
        });
        commands.setParameterExceptionHandler((wrong, arguments) -> {
            CommandLine command = wrong.getCommandLine();
            for (String line : String.valueOf(wrong.getMessage()).lines().toList()) {
                command.getErr().println("portcullis: " + Printable.text(line, LONGEST_LINE));
            }
            command.getErr().println("see " + command.getCommandSpec().qualifiedName() + " --help");
            return ExitCode.UNREADABLE;
        });
        return commands.setUsageHelpAutoWidth(true);
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = PortcullisCommand.class.getPackage().getImplementationVersion();
            return new String[] {"portcullis " + (version == null ? "(not packaged)" : version)};
        }
    }
}
