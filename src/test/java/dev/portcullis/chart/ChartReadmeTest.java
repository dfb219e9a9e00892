package dev.portcullis.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The chart's README lists what {@code values.yaml} says. {@code -Dportcullis.docs=rewrite} writes the list anew: read what
 * changed before you keep it.
 */
final class ChartReadmeTest {
    private static final boolean REWRITE = "rewrite".equals(System.getProperty("portcullis.docs"));
    private static final Path README = Chart.FOLDER.resolve("README.md");
    private static final String HEAD = "| value | default | |\n|---|---|---|\n";

    @Test
    void listsTheValues() throws IOException {
        String table = rows(values()).stream().collect(Collectors.joining("\n", HEAD, "\n"));
        String before = Files.readString(README);
        String head = before.substring(0, before.indexOf(HEAD));
        String rest = before.substring(before.indexOf("\n\n", before.indexOf(HEAD)) + 1);
        if (REWRITE) {
            Files.writeString(README, head + table + rest);
        }
        assertThat(README).as("-Dportcullis.docs=rewrite writes it").hasContent(head + table + rest);
    }

    @Test
    void everyValueIsExplained() throws IOException {
        assertThat(unexplained("", values())).isEmpty();
    }

    private static MappingNode values() throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        String text = Files.readString(Chart.FOLDER.resolve("values.yaml"));
        return (MappingNode) new Yaml(options).compose(new StringReader(text));
    }

    private static List<String> rows(MappingNode values) {
        List<String> rows = new ArrayList<>();
        addRows("", values, rows);
        return rows;
    }

    private static void addRows(String parent, MappingNode values, List<String> rows) {
        for (NodeTuple value : values.getValue()) {
            String name = parent + ((ScalarNode) value.getKeyNode()).getValue();
            String comment = comment(value);
            if (!comment.isEmpty()) {
                rows.add("| `%s` | `%s` | %s |".formatted(name, literal(value.getValueNode()), comment));
            } else if (value.getValueNode() instanceof MappingNode inner) {
                addRows(name + ".", inner, rows);
            }
        }
    }

    private static List<String> unexplained(String parent, MappingNode values) {
        List<String> names = new ArrayList<>();
        for (NodeTuple value : values.getValue()) {
            String name = parent + ((ScalarNode) value.getKeyNode()).getValue();
            if (comment(value).isEmpty()) {
                if (value.getValueNode() instanceof MappingNode inner
                        && !inner.getValue().isEmpty()) {
                    names.addAll(unexplained(name + ".", inner));
                } else {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** The comment right above, without what an empty line sets apart. */
    private static String comment(NodeTuple value) {
        List<CommentLine> lines = value.getKeyNode().getBlockComments();
        if (lines == null) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (CommentLine line : lines) {
            if (line.getValue().isBlank()) {
                text.setLength(0);
            } else {
                text.append(text.isEmpty() ? "" : " ").append(line.getValue().strip());
            }
        }
        return text.toString().replace("|", "\\|");
    }

    /** As JSON, which is YAML in one line. */
    private static String literal(Node node) {
        Object value = new Defaults().value(node);
        return JsonMapper.shared().writeValueAsString(value).replace("|", "\\|");
    }

    /** Makes plain values of nodes. */
    private static final class Defaults extends SafeConstructor {
        Defaults() {
            super(new LoaderOptions());
        }

        Object value(Node node) {
            return constructDocument(node);
        }
    }
}
