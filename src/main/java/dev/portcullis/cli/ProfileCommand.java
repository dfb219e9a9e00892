package dev.portcullis.cli;

import picocli.CommandLine.Command;

/** {@code profile}. */
@Command(
        name = "profile",
        description = "Make AppArmor and seccomp profiles from what a workload says.",
        mixinStandardHelpOptions = true,
        subcommands = {AppArmorCommand.class, SeccompCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Try: portcullis profile apparmor --from pod.yaml", "     portcullis profile seccomp --help"})
final class ProfileCommand extends CommandGroup {}
