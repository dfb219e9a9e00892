package dev.portcullis.cli;

import dev.portcullis.seccomp.Host;
import dev.portcullis.seccomp.SeccompProfile;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** On which hosts a profile is used. */
final class SeccompHosts {
    private List<String> architectures = List.of("amd64", "arm64");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before any option
    private CommandSpec spec;

    @Option(
            names = "--arch",
            paramLabel = "NAME",
            split = ",",
            description = "The nodes' architectures: amd64, arm64, arm, ppc64le, riscv64, s390x. Default: amd64,arm64")
    void architectures(List<String> named) {
        for (String name : named) {
            if (!SeccompProfile.hosts().contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--arch " + name + " is not known: use one of "
                                + String.join(", ", new TreeSet<>(SeccompProfile.hosts())));
            }
        }
        architectures = List.copyOf(named);
    }

    List<String> architectures() {
        return architectures;
    }

    /** The same where a container has some capabilities. */
    List<Host> with(Set<String> capabilities) {
        return architectures.stream()
                .map(name -> new Host(name, Host.NEWEST, capabilities))
                .toList();
    }
}
