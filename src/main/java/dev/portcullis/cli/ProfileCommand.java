package dev.portcullis.cli;

import picocli.CommandLine.Command;

/** {@code profile}. */
@Command(
        name = "profile",
        description = "Make AppArmor and seccomp profiles from what a workload says.",
        mixinStandardHelpOptions = true,
        subcommands = AppArmorCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Try: portcullis profile apparmor --from pod.yaml"})
final class ProfileCommand extends CommandGroup {}
