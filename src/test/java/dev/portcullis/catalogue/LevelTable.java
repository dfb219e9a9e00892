package dev.portcullis.catalogue;

import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What fixtures declare of verdicts that differ between profiles and versions, as a table. */
final class LevelTable {
    private LevelTable() {}

    /** Empty where no verdict differs. */
    static String of(List<Fixture> fixtures) {
        Map<String, String> rows = fixtures.stream()
                .filter(fixture -> !fixture.header().levels().isEmpty())
                .collect(Collectors.groupingBy(
                        LevelTable::verdict,
                        TreeMap::new,
                        Collectors.mapping(LevelTable::link, Collectors.joining(", "))));
        StringBuilder table = new StringBuilder();
        rows.forEach((verdict, examples) -> table.append("| ")
                .append(verdict)
                .append(" | ")
                .append(examples)
                .append(" |\n"));
        return rows.isEmpty()
                ? ""
                : "\n## Profiles and versions\n\nWhere the verdict is not the same in all of them:\n\n"
                        + "| form | verdict | in | examples |\n|---|---|---|---|\n" + table;
    }

    private static String verdict(Fixture fixture) {
        return fixture.form().title() + " | " + fixture.verdict().id() + " | "
                + fixture.header().levels().entrySet().stream()
                        .map(LevelTable::level)
                        .collect(Collectors.joining(", "));
    }

    /** A fixture by the name of its case. */
    static String link(Fixture fixture) {
        String name = fixture.file().getFileName().toString();
        String shown = name.substring(0, name.indexOf('.')).replace('-', ' ');
        return "[%s](../../src/test/fixtures/%s/%s)".formatted(shown, fixture.check(), name);
    }

    private static String level(Map.Entry<Level, Header.Versions> level) {
        String name = level.getKey().name().toLowerCase(Locale.ROOT);
        Header.Versions versions = level.getValue();
        if (versions.equals(Header.Versions.ALL)) {
            return name;
        }
        if (versions.from().minor() == 0) {
            return name + " up to " + versions.to();
        }
        return versions.to().equals(KubernetesVersion.LATEST)
                ? name + " from " + versions.from()
                : name + " " + versions.from() + " to " + versions.to();
    }
}
