package dev.portcullis.cli;

import dev.portcullis.seccomp.Comparison;
import dev.portcullis.seccomp.Condition;
import dev.portcullis.seccomp.ContainerCapabilities;
import dev.portcullis.seccomp.Host;
import dev.portcullis.seccomp.SeccompException;
import dev.portcullis.seccomp.SeccompProfile;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** On which hosts a profile is used. */
final class SeccompHosts {
    private Condition.@Nullable Kernel kernel;
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

    @Option(
            names = "--kernel",
            paramLabel = "VERSION",
            description = "The version of the nodes' kernels, such as 6.12. Default: any from 4.18 on")
    void kernel(String text) {
        kernel = Condition.Kernel.of(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--kernel " + text + " is no version: write two numbers, such as 6.12"));
    }

    /** Those that some profiles may tell apart, where a container has some capabilities. */
    List<Host> of(Collection<SeccompProfile> profiles, Set<String> capabilities) throws SeccompException {
        Condition.Kernel one = kernel;
        return one == null
                ? Host.all(profiles, architectures, capabilities)
                : architectures.stream()
                        .map(name -> new Host(name, one, capabilities))
                        .toList();
    }

    /** What the first lets through and the second does not, and the other way round, with the usual capabilities. */
    List<Comparison.Difference> compared(SeccompProfile one, SeccompProfile other) {
        try {
            return new Comparison(one, other, of(List.of(one, other), ContainerCapabilities.DEFAULT)).differences();
        } catch (SeccompException tooMuch) {
            throw new ParameterException(spec.commandLine(), String.valueOf(tooMuch.getMessage()), tooMuch);
        }
    }
}
