package dev.portcullis.cli;

import dev.portcullis.inspection.NamespaceDocuments;
import dev.portcullis.policy.Namespace;
import dev.portcullis.resource.NamespaceLabelPolicies;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code policy from-namespace-labels}. */
@Command(
        name = "from-namespace-labels",
        description = "Print the policies that ask what the labels pod-security.kubernetes.io/* of namespaces ask.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: kubectl get namespaces -o yaml | portcullis policy from-namespace-labels -"})
final class NamespaceLabelsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Namespaces in YAML or JSON, one, many or a List; - for standard input, the default.")
    private List<String> files = List.of("-");

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        try {
            Map<String, Namespace> namespaces = new TreeMap<>();
            for (String file : files) {
                for (Namespace namespace : read(file).described()) {
                    namespaces.put(namespace.name(), namespace);
                }
            }
            command.getOut().print(NamespaceLabelPolicies.of(namespaces.values()));
            command.getOut().flush();
            return ExitCode.COMPLIANT;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static NamespaceDocuments read(String file) {
        return file.equals("-")
                ? NamespaceFiles.read("standard input", standardInput())
                : NamespaceFiles.read(Path.of(file));
    }

    private static InputStream standardInput() {
        return System.in;
    }
}
