package dev.portcullis.docker.run;

import dev.portcullis.document.JsonPatch;
import dev.portcullis.workload.Edit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an edit of a create body into the command that the body comes from: flags are put in, changed or left out, all other
 * text stays. What comes of it is read again, and counts only where it says just what the edit asks for.
 */
final class Mending {
    private static final String HOST_CONFIG = "/HostConfig/";
    private static final String OWN_NETWORK = "default";

    private final RunLine line;
    private final String text;

    private Mending(RunLine line) {
        this.line = line;
        this.text = line.text();
    }

    static Optional<RunLine> mend(RunLine line, List<Edit> edits) {
        Optional<RunLine> mended = Optional.of(line);
        for (Edit edit : edits) {
            mended = mended.flatMap(each -> new Mending(each).mend(edit));
        }
        return edits.isEmpty() ? Optional.empty() : mended;
    }

    static Optional<RunLine> withoutValues(RunLine line, List<String> pointers) {
        Mending mending = new Mending(line);
        List<Change> changes = new ArrayList<>();
        for (String pointer : pointers) {
            List<Given> given = line.origins(pointer);
            if (given.isEmpty()) {
                continue;
            }
            Given last = given.getLast();
            String name = FlagValues.Pair.of(last.value(), '=').name();
            given.subList(0, given.size() - 1).forEach(each -> changes.add(mending.without(each)));
            changes.add(mending.replaced(last, last.spelled() + " " + RunFlags.quoted(name)));
        }
        return changes.isEmpty() ? Optional.of(line) : line.reread(mending.applied(changes));
    }

    private Optional<RunLine> mend(Edit edit) {
        ObjectNode wanted = line.body().deepCopy();
        JsonPatch.apply(wanted, List.of(edit));
        return changes(edit)
                .map(this::applied)
                .flatMap(line::reread)
                .filter(mended -> SaidBody.of(mended.body()).equals(SaidBody.of(wanted)))
                .filter(mended -> Objects.equals(mended.name(), line.name()));
    }

    /** A text in place of a part of the command. */
    private record Change(int start, int end, String replacement) {}

    private String applied(List<Change> changes) {
        StringBuilder result = new StringBuilder(text);
        changes.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Change::start).reversed())
                .forEach(change -> result.replace(change.start(), change.end(), change.replacement()));
        return result.toString();
    }

    private Optional<List<Change>> changes(Edit edit) {
        String pointer = edit.path().pointer();
        return switch (edit) {
            case Edit.Remove none -> Optional.empty();
            case Edit.Append append -> RunFlags.flag(append).map(flags -> List.of(inserted(flags)));
            case Edit.Set set
            when pointer.equals("/Image") ->
                Optional.of(List.of(new Change(
                        line.command().image().start(), line.command().image().end(), RunFlags.quoted(set.value()))));
            case Edit.Set set
            when set.value() instanceof List<?> values && pointer.indexOf('/', HOST_CONFIG.length()) < 0 ->
                list(pointer, values, set);
            case Edit.Set set when isUnsaid(pointer, set.value()) -> Optional.of(leftOut(pointer));
            case Edit.Set set -> written(pointer, set);
        };
    }

    private static boolean isUnsaid(String pointer, Object value) {
        return value.equals(false)
                || value.equals("")
                || (pointer.equals("/HostConfig/NetworkMode") && value.equals(OWN_NETWORK));
    }

    private List<Change> leftOut(String pointer) {
        Set<Given> all = new LinkedHashSet<>(line.origins(pointer));
        return all.stream().map(this::without).toList();
    }

    /** Elements that stay keep their flags. */
    private Optional<List<Change>> list(String pointer, List<?> values, Edit.Set set) {
        List<Object> missing = new ArrayList<>(values);
        List<Change> changes = new ArrayList<>();
        JsonNode elements = line.body().at(pointer);
        for (int i = 0; i < elements.size(); i++) {
            if (!missing.remove(elements.get(i).stringValue(""))) {
                changes.addAll(leftOut(pointer + "/" + i));
            }
        }
        if (missing.isEmpty()) {
            return Optional.of(changes);
        }
        return RunFlags.flag(new Edit.Set(set.path(), missing)).map(flags -> {
            changes.add(inserted(flags));
            return changes;
        });
    }

    private Optional<List<Change>> written(String pointer, Edit.Set set) {
        List<Given> given = nearest(pointer);
        if (given.isEmpty()) {
            return RunFlags.flag(set).map(flags -> List.of(inserted(flags)));
        }
        Given last = given.getLast();
        return Optional.ofNullable(reworded(last, pointer, set.value()))
                .or(() -> RunFlags.flag(set).map(flags -> respelled(last, flags)))
                .map(flags -> List.of(replaced(last, flags)));
    }

    private static String respelled(Given given, String flags) {
        String name = given.flag().spelled() + " ";
        return flags.startsWith(name) ? given.spelled() + " " + flags.substring(name.length()) : flags;
    }

    /** What said a value, or the thing that it is a part of. */
    private List<Given> nearest(String pointer) {
        for (String at = pointer; at.length() > HOST_CONFIG.length(); at = at.substring(0, at.lastIndexOf('/'))) {
            List<Given> given = line.origins(at);
            if (!given.isEmpty()) {
                return given;
            }
        }
        return line.origins(pointer + "/Name");
    }

    /** A flag whose value says more than what is edited; null where it is another. */
    private @Nullable String reworded(Given given, String pointer, Object value) {
        String flag = given.spelled() + " ";
        return switch (given.flag().name()) {
            case "mount" -> pointer.endsWith("/ReadOnly") ? flag + RunFlags.quoted(given.value() + ",readonly") : null;
            case "publish" ->
                pointer.endsWith("/HostIp") ? flag + RunFlags.quoted(address(given.value(), value.toString())) : null;
            case "ulimit" -> {
                FlagValues.Pair ulimit = FlagValues.Pair.of(given.value(), '=');
                String soft = FlagValues.Pair.of(ulimit.value(), ':').name();
                yield pointer.endsWith("/Hard")
                        ? flag + RunFlags.quoted(ulimit.name() + "=" + soft + ":" + value)
                        : null;
            }
            case "restart" -> restart(flag, value);
            default -> null;
        };
    }

    private static @Nullable String restart(String flag, Object value) {
        return value instanceof Map<?, ?> policy && policy.get("Name") instanceof String name
                ? flag
                        + name
                        + (Long.valueOf(0).equals(policy.get("MaximumRetryCount"))
                                ? ""
                                : ":" + policy.get("MaximumRetryCount"))
                : null;
    }

    private static String address(String published, String address) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        int last = published.lastIndexOf(':');
        int before = last < 0 ? -1 : published.lastIndexOf(':', last - 1);
        return host + ":" + (last < 0 ? ":" : "") + published.substring(before + 1);
    }

    /** After the flags that there are, set off from the last one as the image is. */
    private Change inserted(String flags) {
        int at = line.command().insertion();
        int next = nextWord(at);
        String gap = text.substring(at, next);
        return new Change(at, at, (gap.isBlank() || gap.matches("[ \t]*\\\\\r?\n[ \t]*") ? gap : " ") + flags);
    }

    private int nextWord(int from) {
        int at = from;
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || isContinuation(at))) {
            at++;
        }
        return at;
    }

    private boolean isContinuation(int at) {
        return text.startsWith("\\\n", at) || text.startsWith("\\\r\n", at);
    }

    private Change replaced(Given given, String flags) {
        return new Change(given.start(), given.end(), given.kept().isEmpty() ? flags : given.kept() + " " + flags);
    }

    /** Takes a flag away with what sets it off from the word before. */
    private Change without(Given given) {
        if (!given.kept().isEmpty()) {
            return new Change(given.start(), given.end(), given.kept());
        }
        int next = nextWord(given.end());
        boolean beginsLine = text.substring(text.lastIndexOf('\n', given.start()) + 1, given.start())
                .isBlank();
        if (beginsLine && given.start() > 0 && text.indexOf('\n', given.end()) >= next) {
            return new Change(given.start(), next, "");
        }
        int start = given.start();
        while (start > 0 && (Character.isWhitespace(text.charAt(start - 1)) || isContinuation(start - 1))) {
            start--;
        }
        return new Change(start, given.end(), "");
    }
}
