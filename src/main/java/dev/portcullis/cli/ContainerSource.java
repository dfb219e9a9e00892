package dev.portcullis.cli;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.inspection.WorkloadDocuments;
import dev.portcullis.profile.Needs;
import dev.portcullis.profile.ProfileException;
import dev.portcullis.profile.ProfileName;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What profiles are made from: a description in TOML, or containers that a document declares. */
final class ContainerSource {
    /** A table or a key of TOML begins the text, comments aside; no YAML document that is read here begins so. */
    private static final Pattern TOML =
            Pattern.compile("\\A(?:\\s*#[^\\n]*\\n|\\s)*(?:\\[[A-Za-z]+\\]\\s*\\n|[A-Za-z]+\\s*=)");

    @Option(
            names = "--container",
            paramLabel = "NAME",
            description = "Only this container, or this service of a compose file. Default: all of them")
    private @Nullable String container;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "The profile's name. Default: made of namespace, workload and container; with bane's TOML what"
                            + " that says")
    private @Nullable String name;

    /** A text that somebody named. */
    static final class Text {
        private final String source;
        private final byte[] bytes;

        private Text(String source, byte[] bytes) {
            this.source = source;
            this.bytes = bytes;
        }

        /** As it was named. */
        String source() {
            return source;
        }

        byte[] bytes() {
            return bytes;
        }

        boolean isToml() {
            return source.equals("-")
                    ? TOML.matcher(new String(bytes, StandardCharsets.UTF_8)).find()
                    : source.toLowerCase(Locale.ROOT).endsWith(".toml");
        }
    }

    /** One container of a workload, and what its profile is called. */
    record Named(ProfileName name, Workload workload, Container container) {
        Needs needs() throws ProfileException {
            return Needs.of(workload, container);
        }
    }

    /** The profile's name where one was given. */
    @Nullable ProfileName name() throws ProfileException {
        return name == null ? null : ProfileName.of("--name", name);
    }

    /** Reads a file, or standard input where it is called {@code -}. */
    static Text read(CommandLine command, String option, String file) {
        if (file.equals("-")) {
            return read(command, option, file, System.in);
        }
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw new ParameterException(command, option + " " + file + " is a folder: name a file");
        }
        try (InputStream content = Files.newInputStream(path)) {
            return read(command, option, file, content);
        } catch (IOException failed) {
            throw new ParameterException(
                    command,
                    option + " " + file + ": "
                            + ReadProblem.of(path, true, failed).text(),
                    failed);
        }
    }

    private static Text read(CommandLine command, String option, String file, InputStream content) {
        try {
            return new Text(file, Inputs.bytes(content));
        } catch (IOException failed) {
            throw new ParameterException(
                    command, option + " " + file + " cannot be read: " + ReadProblem.reason(failed), failed);
        }
    }

    /** The containers that a text declares, those of them that are wanted. */
    List<Named> containers(CommandLine command, Text text) throws ProfileException {
        List<Named> all = new ArrayList<>();
        for (Workload workload : workloads(command, text)) {
            for (Container one : workload.containers()) {
                if (container == null || container.equals(called(workload, one))) {
                    ProfileName given = name();
                    all.add(new Named(given == null ? ProfileName.of(workload.subject(), one) : given, workload, one));
                }
            }
        }
        if (all.isEmpty()) {
            throw new ParameterException(command, text.source() + nothing(command, text));
        }
        if (name != null && all.size() > 1) {
            throw new ParameterException(
                    command,
                    "--name is for one container, and " + text.source() + " has " + all.size()
                            + ": add --container with one of " + names(all));
        }
        return all;
    }

    private String nothing(CommandLine command, Text text) {
        List<Workload> workloads = workloads(command, text);
        if (container == null || workloads.isEmpty()) {
            return ": holds no pod, no controller of pods, no service of a compose file, no container-create body and no"
                    + " description in TOML";
        }
        return " has no container " + container + ": it has "
                + workloads.stream()
                        .flatMap(workload -> workload.containers().stream().map(one -> called(workload, one)))
                        .collect(Collectors.joining(", "));
    }

    private static String names(List<Named> containers) {
        return containers.stream()
                .map(named -> called(named.workload(), named.container()))
                .collect(Collectors.joining(", "));
    }

    private static String called(Workload workload, Container container) {
        return container.name().isEmpty() ? String.valueOf(workload.subject().name()) : container.name();
    }

    private static List<Workload> workloads(CommandLine command, Text text) {
        try {
            return WorkloadDocuments.read(text.source(), text.bytes(), new ComposeFolders(System.getenv(), List.of()));
        } catch (UnreadableException | IllegalArgumentException wrong) {
            throw new ParameterException(command, text.source() + ": " + wrong.getMessage(), wrong);
        }
    }
}
