package dev.portcullis.impact;

import dev.portcullis.impact.Change.Reason;
import dev.portcullis.workload.Printable;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells of an impact: as a table for people, as JSON, or in Markdown for a pull request. */
public final class ImpactReport {
    private static final int LONGEST = 300;
    /** A comment on GitHub has at most 65,536 characters. */
    private static final int ROOM = 60_000;

    private static final List<Section> SECTIONS = List.of(
            new Section("denied", "allow -> deny", Affected::denied, affected -> texts(affected.denials())),
            new Section("allowed", "deny -> allow", Affected::allowed, affected -> texts(affected.reliefs())),
            new Section("warned", "new warnings", Affected::warned, affected -> texts(affected.warnings())),
            new Section("patched", "new patches", Affected::patched, Affected::patches));

    private ImpactReport() {}

    /**
     * One thing that may happen.
     *
     * @param id in JSON
     * @param title for people
     * @param times how often it happens to an owner
     * @param why for people
     */
    private record Section(
            String id, String title, ToIntFunction<Affected> times, Function<Affected, List<String>> why) {}

    private static List<String> texts(List<Reason> reasons) {
        return reasons.stream()
                .map(reason -> reason.check() + ": " + reason.message())
                .toList();
    }

    /** For a terminal. */
    public static void table(Impact impact, PrintWriter out) {
        for (Section section : SECTIONS) {
            List<Affected> owners = impact.owners(section.times());
            if (!owners.isEmpty()) {
                out.println(section.title() + " (" + counted(owners.size(), "owner") + ")");
                for (Affected affected : owners) {
                    out.println("  " + who(affected) + times(section, affected));
                    section.why().apply(affected).forEach(why -> out.println("    " + shown(why)));
                }
                out.println();
            }
        }
        out.println(summary(impact));
    }

    private static String who(Affected affected) {
        String place = affected.owner().place();
        return shown(affected.owner().display()) + (place == null ? "" : " in " + shown(place));
    }

    private static String times(Section section, Affected affected) {
        int times = section.times().applyAsInt(affected);
        return times == 1 ? "" : ", " + times + " times";
    }

    private static String shown(String text) {
        return Printable.text(text, LONGEST);
    }

    /** In one sentence or two. */
    static String summary(Impact impact) {
        int changed = impact.owners().size();
        String told = changed == 0
                ? "Nothing changes for what was judged: " + counted(impact.judged(), "time") + "."
                : counted(changed, "owner") + " of " + counted(impact.judged(), "judgement") + ": "
                        + impact.owners(Affected::denied).size() + " newly denied, "
                        + impact.owners(Affected::allowed).size() + " newly allowed, "
                        + impact.owners(Affected::warned).size() + " newly warned, "
                        + impact.owners(Affected::patched).size() + " newly patched.";
        return told
                + (impact.omitted() == 0
                        ? ""
                        : " More than " + impact.mostOwners() + " owners change: the rest, " + impact.omitted()
                                + " judgements, is not listed.")
                + (impact.unjudged() == 0
                        ? ""
                        : " " + counted(impact.unjudged(), "request") + " could not be judged again.");
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** For programs. */
    public static ObjectNode json(Impact impact) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        ObjectNode summary = report.putObject("summary")
                .put("judged", impact.judged())
                .put("unjudged", impact.unjudged())
                .put("omitted", impact.omitted());
        SECTIONS.forEach(section ->
                summary.put(section.id(), impact.owners(section.times()).size()));
        ArrayNode owners = report.putArray("owners");
        for (Affected affected : impact.owners()) {
            ObjectNode owner = owners.addObject()
                    .put("place", affected.owner().place())
                    .put("kind", affected.owner().kind())
                    .put("namespace", affected.owner().namespace())
                    .put("name", affected.owner().name());
            SECTIONS.forEach(section -> owner.put(section.id(), section.times().applyAsInt(affected)));
            reasons(owner.putArray("denials"), affected.denials());
            reasons(owner.putArray("reliefs"), affected.reliefs());
            reasons(owner.putArray("warnings"), affected.warnings());
            affected.patches().forEach(owner.putArray("patches")::add);
        }
        return report;
    }

    private static void reasons(ArrayNode list, List<Reason> reasons) {
        reasons.forEach(reason -> list.addObject().put("check", reason.check()).put("message", reason.message()));
    }

    /** The same, written. */
    public static void json(Impact impact, JsonMapper mapper, PrintWriter out) {
        out.println(mapper.writeValueAsString(json(impact)));
    }

    /** For a comment on a pull request: everything from outside stands in code spans. */
    public static void markdown(Impact impact, PrintWriter out) {
        out.println("**" + summary(impact) + "**");
        int room = ROOM;
        for (Section section : SECTIONS) {
            List<Affected> owners = impact.owners(section.times());
            if (owners.isEmpty()) {
                continue;
            }
            out.println();
            out.println("| " + section.title() + " | times | why |");
            out.println("|---|---|---|");
            int told = 0;
            for (Affected affected : owners) {
                String row = row(section, affected);
                room -= row.length();
                if (room < 0) {
                    break;
                }
                out.println(row);
                told++;
            }
            if (told < owners.size()) {
                out.println();
                out.println("and " + (owners.size() - told) + " more");
            }
        }
    }

    private static String row(Section section, Affected affected) {
        String why = section.why().apply(affected).stream()
                .map(ImpactReport::code)
                .reduce((one, other) -> one + "<br>" + other)
                .orElse("");
        @Nullable String place = affected.owner().place();
        String who = Stream.of(affected.owner().display(), place == null ? "" : place)
                .filter(text -> !text.isEmpty())
                .map(ImpactReport::code)
                .reduce((one, other) -> one + " in " + other)
                .orElse("");
        return "| " + who + " | " + section.times().applyAsInt(affected) + " | " + why + " |";
    }

    private static String code(String text) {
        return "`" + shown(text).replace("`", "'").replace("|", "\\|") + "`";
    }
}
