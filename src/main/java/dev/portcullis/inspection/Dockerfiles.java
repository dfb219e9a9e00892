package dev.portcullis.inspection;

import dev.portcullis.docker.dockerfile.DockerfileException;
import dev.portcullis.docker.dockerfile.DockerfileReader;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Matter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Dockerfiles, which are no trees of values: nothing in them is patched. */
public final class Dockerfiles {
    static final String KIND = "Dockerfile";

    private static final Pattern NAME = Pattern.compile("(?:dockerfile|containerfile)(?:\\..*)?|.*\\.dockerfile");

    /** What is beside a Dockerfile and bears its name. */
    private static final List<String> OTHERS = List.of(".dockerignore", ".md", ".yaml", ".yml", ".json");

    private Dockerfiles() {}

    /** Whether a file's name, without its folder, says that it is a Dockerfile. */
    public static boolean isNamed(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NAME.matcher(lower).matches() && !isNamedAsOther(lower);
    }

    private static boolean isNamedAsOther(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OTHERS.stream().anyMatch(lower::endsWith);
    }

    /** Whether it is one, by its name or by its first instruction. */
    static boolean recognizes(@Nullable String source, byte[] text) {
        String name =
                source == null ? "" : source.substring(source.replace('\\', '/').lastIndexOf('/') + 1);
        return isNamed(name) || (!isNamedAsOther(name) && DockerfileReader.recognizes(text));
    }

    static Inspection inspect(@Nullable String source, byte[] text, Function<Matter, Report> judge) {
        try {
            DockerfileReader.Dockerfile file = DockerfileReader.read(text);
            Report report = judge.apply(file.build());
            List<@Nullable ArrayNode> fixes = new ArrayList<>();
            report.findings().forEach(finding -> fixes.add(null));
            return new Inspection.Judged(
                    source,
                    file.positions().of(""),
                    file.positions(),
                    report,
                    Map.of(),
                    fixes,
                    JsonNodeFactory.instance.arrayNode(),
                    null);
        } catch (DockerfileException unreadable) {
            return new Inspection.Unreadable(source, unreadable.position(), unreadable.getMessage(), true);
        }
    }
}
