package dev.portcullis.catalogue;

import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What fixtures declare of verdicts that differ between profiles and versions, as a table. */
final class LevelTable {
    private LevelTable() {}

    /** Empty where no verdict differs. */
    static String of(List<Fixture> fixtures) {
        String rows = fixtures.stream()
                .filter(fixture -> !fixture.header().levels().isEmpty())
                .map(LevelTable::row)
                .distinct()
                .collect(Collectors.joining());
        return rows.isEmpty()
                ? ""
                : "\n## Profiles and versions\n\nWhere the verdict is not the same in all of them:\n\n"
                        + "| example | form | verdict | in |\n|---|---|---|---|\n" + rows;
    }

    private static String row(Fixture fixture) {
        String name = fixture.file().getFileName().toString();
        return "| [%s](../../src/test/fixtures/%s/%s) | %s | %s | %s |\n"
                .formatted(
                        name.substring(0, name.indexOf('.')).replace('-', ' '),
                        fixture.check(),
                        name,
                        fixture.form().title(),
                        fixture.verdict().id(),
                        fixture.header().levels().entrySet().stream()
                                .map(LevelTable::level)
                                .collect(Collectors.joining(", ")));
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
