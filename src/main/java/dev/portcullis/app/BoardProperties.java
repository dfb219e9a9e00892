package dev.portcullis.app;

import dev.portcullis.check.Severity;
import dev.portcullis.console.Board;
import dev.portcullis.history.Scope;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A view of what runs, with a name. Of each list one must hold; absent is all.
 *
 * @param title as people read it; absent is its name
 * @param cluster the cluster, or the machine of an engine
 * @param namespaces their names, or patterns with stars
 * @param kinds of workloads, such as Deployment
 * @param checks whose findings count
 * @param severities of findings that count
 */
record BoardProperties(
        @Nullable String title,
        @Nullable String cluster,
        @DefaultValue List<String> namespaces,
        @DefaultValue List<String> kinds,
        @DefaultValue List<String> checks,
        @DefaultValue List<Severity> severities) {
    private static final int MOST = 50;
    private static final int MOST_EACH = 100;
    private static final int LONGEST_TITLE = 100;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?");
    private static final Pattern KIND = Pattern.compile("[A-Za-z]{1,63}");

    /** Says what is wrong with some of them, by name. */
    static void check(Map<String, BoardProperties> boards) {
        PortcullisProperties.require(boards.size() <= MOST, "console.boards", "must be " + MOST + " at most");
        boards.forEach((name, board) -> {
            PortcullisProperties.require(
                    NAME.matcher(name).matches(),
                    "console.boards",
                    "must have names of 1 to 40 small letters, digits and '-', '" + name
                            + "' is none: what people read is its title");
            board.check("console.boards." + name + ".");
        });
    }

    private void check(String property) {
        PortcullisProperties.require(
                title == null || (!title.isBlank() && title.length() <= LONGEST_TITLE),
                property + "title",
                "must have 1 to " + LONGEST_TITLE + " characters");
        checkEach(
                property + "namespaces",
                namespaces,
                each -> TargetProperties.NAMESPACES.matcher(each).matches(),
                "names of namespaces, or with stars");
        checkEach(
                property + "kinds",
                kinds,
                each -> KIND.matcher(each).matches(),
                "kinds of workloads, such as Deployment");
        checkEach(
                property + "checks",
                checks,
                TargetProperties::isCheck,
                "ids of checks, or rules/NAME: see portcullis checks");
    }

    private static void checkEach(String property, List<String> values, Predicate<String> fine, String what) {
        PortcullisProperties.require(values.size() <= MOST_EACH, property, "must be " + MOST_EACH + " at most");
        for (String value : values) {
            PortcullisProperties.require(fine.test(value), property, "must be " + what + "; '" + value + "' is none");
        }
    }

    /** All of them, in the order of their names. */
    static List<Board> all(Map<String, BoardProperties> boards) {
        return new TreeMap<>(boards)
                .entrySet().stream()
                        .map(each -> each.getValue().board(each.getKey()))
                        .toList();
    }

    private Board board(String name) {
        return new Board(
                name,
                Objects.requireNonNullElse(title, name),
                new Scope(cluster, namespaces, kinds, checks, severities));
    }
}
