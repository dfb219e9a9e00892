package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} names what there is, and nothing else. */
class MetricsPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(portcullis_[a-z_]+)` \\|([^|]*)\\| ");
    private static final Pattern ELSEWHERE = Pattern.compile("\\bportcullis_[a-z_]+");
    private static final Pattern METER = Pattern.compile("\\.builder\\(\\s*\"(portcullis(?:\\.[a-z]+)+)\"");
    private static final Pattern DECISIONS = Pattern.compile("String decisions = \"(portcullis\\.decisions)\"");
    private static final Pattern UNIT = Pattern.compile("(?:_total|_seconds|_bytes)$");
    private static final Pattern SAMPLE = Pattern.compile("^(portcullis_[a-z_]+)(?:\\{([^}]*)})? ");
    private static final Pattern OF_A_HISTOGRAM = Pattern.compile("_(?:bucket|count|sum|max)$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

    @Test
    void listsEveryMeterOfTheProgram() throws IOException {
        Set<String> listed = rows().keySet().stream()
                .map(name -> UNIT.matcher(name).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).hasSizeGreaterThan(25).isEqualTo(meters());
    }

    @Test
    void namesAndLabelsAreThoseThatAreServed() throws Exception {
        Map<String, Set<String>> rows = rows();
        try (RunningServer server = RunningServer.deciding()) {
            server.post("/validate", "{}");
            String metrics = server.get(server.management("/metrics")).body();
            assertThat(metrics.lines().filter(line -> line.startsWith("portcullis_")))
                    .hasSizeGreaterThan(40)
                    .allSatisfy(line -> isListed(line, rows));
        }
    }

    private static void isListed(String line, Map<String, Set<String>> rows) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.find()).as(line).isTrue();
        String name = OF_A_HISTOGRAM.matcher(sample.group(1)).replaceFirst("");
        assertThat(rows).containsKey(name);
        Set<String> labels = labels(sample.group(2));
        labels.remove("le");
        assertThat(labels).as(line).isEqualTo(rows.get(name));
    }

    @Test
    void otherPagesNameNoOthers() throws IOException {
        Set<String> known = rows().keySet();
        try (var pages = Files.walk(Path.of("docs"))) {
            assertThat(pages.filter(page -> page.toString().endsWith(".md"))
                            .flatMap(page -> ELSEWHERE.matcher(read(page)).results())
                            .map(MatchResult::group))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(OF_A_HISTOGRAM.matcher(name).replaceFirst(""))
                            .isIn(known));
        }
    }

    /** The labels of each. */
    private static Map<String, Set<String>> rows() throws IOException {
        Map<String, Set<String>> rows = new TreeMap<>();
        ROW.matcher(Files.readString(Path.of("docs", "metrics.md")))
                .results()
                .forEach(row -> assertThat(rows.put(
                                row.group(1),
                                Arrays.stream(row.group(2).split(","))
                                        .map(label -> label.replace("`", "").strip())
                                        .filter(label -> !label.isEmpty())
                                        .collect(Collectors.toSet())))
                        .as(row.group(1))
                        .isNull());
        return rows;
    }

    private static Set<String> meters() throws IOException {
        Set<String> names = new TreeSet<>();
        try (var sources = Files.walk(Path.of("src", "main", "java"))) {
            sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                for (Pattern pattern : new Pattern[] {METER, DECISIONS}) {
                    pattern.matcher(read(file))
                            .results()
                            .forEach(meter -> names.add(meter.group(1).replace('.', '_')));
                }
            });
        }
        return names;
    }

    private static Set<String> labels(@Nullable String text) {
        return text == null
                ? new TreeSet<>()
                : LABEL.matcher(text)
                        .results()
                        .map(label -> label.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
