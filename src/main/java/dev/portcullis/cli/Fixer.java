package dev.portcullis.cli;

import dev.portcullis.check.Fix;
import dev.portcullis.docker.compose.Surroundings;
import dev.portcullis.document.Position;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.inspection.Inspector;
import dev.portcullis.policy.Judged;
import dev.portcullis.rewrite.Change;
import dev.portcullis.rewrite.DockerfileRewriter;
import dev.portcullis.rewrite.Rewriter;
import dev.portcullis.rewrite.Rewriting;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fixes texts, one after the other. */
final class Fixer {
    /** A fix can make room for another one, hardly ever twice. */
    private static final int MOST_ROUNDS = 5;

    private static final Pattern HELM =
            Pattern.compile("\\{\\{[^}]*(?:\\.(?:Values|Release|Chart|Capabilities|Files)\\b|\\b(?:include|tpl)\\s)");
    private static final String RENDER =
            "is a Helm template: render it first (helm template), or set the values of its chart";

    private final Inspector inspector;
    private final ComposeFolders folders;
    private final boolean all;

    /**
     * Fixes what is judged by an inspector.
     *
     * @param all whether fixes are made that may change behaviour
     */
    Fixer(Inspector inspector, ComposeFolders folders, boolean all) {
        this.inspector = inspector;
        this.folders = folders;
        this.all = all;
    }

    /**
     * What came of one text.
     *
     * @param text as it was where nothing could be fixed
     * @param inspections of the text as it is now
     * @param left for each violation that is left, by what tells it apart, why its fix could not be written
     * @param places where violations stood in the text as it was
     */
    record Fixed(
            String text, List<Inspection> inspections, Map<List<Edit>, String> left, Map<String, Position> places) {}

    /**
     * Fixes a text.
     *
     * @throws UnreadableException where it has too many documents
     */
    Fixed fix(String source, byte[] text) throws UnreadableException {
        List<Inspection> inspections = inspect(source, text);
        Map<String, Position> places = places(inspections);
        Map<List<Edit>, String> left = new HashMap<>();
        byte[] fixed = text;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<Change> changes = changes(inspections, left.keySet());
            if (changes.isEmpty() || inspections.stream().anyMatch(Fixer::isNoText)) {
                break;
            }
            if (isMergedOver(source, inspections)) {
                changes.forEach(change -> left.put(change.edits(), "another file is merged over this one"));
                break;
            }
            Rewriting rewriting = inspections.stream().anyMatch(Fixer::isDockerfile)
                    ? DockerfileRewriter.rewrite(fixed, changes)
                    : Rewriter.rewrite(fixed, Inspector::dialect, changes);
            rewriting.refused().forEach(one -> left.put(one.change().edits(), one.reason()));
            fixed = rewriting.text().getBytes(StandardCharsets.UTF_8);
            inspections = inspect(source, fixed);
        }
        return new Fixed(new String(fixed, StandardCharsets.UTF_8), inspections, left, places);
    }

    private List<Inspection> inspect(String source, byte[] text) throws UnreadableException {
        String characters = new String(text, StandardCharsets.UTF_8);
        if (HELM.matcher(characters).find()) {
            return List.of(new Inspection.Unreadable(source, null, RENDER, true));
        }
        List<Inspection> inspections = inspector.inspect(source, text, Integer.MAX_VALUE);
        boolean template = characters.contains("{{") && inspections.stream().anyMatch(Fixer::isNoText);
        return template ? List.of(new Inspection.Unreadable(source, null, RENDER, true)) : inspections;
    }

    private static boolean isNoText(Inspection inspection) {
        return inspection instanceof Inspection.Unreadable unreadable && unreadable.text();
    }

    private static boolean isDockerfile(Inspection inspection) {
        return inspection instanceof Inspection.Judged judged
                && judged.report().subject().form() == Form.DOCKERFILE;
    }

    private boolean isMergedOver(String source, List<Inspection> inspections) {
        Surroundings.Location location = folders.of(source);
        return location != null
                && !location.overrides().isEmpty()
                && inspections.stream()
                        .anyMatch(one -> one instanceof Inspection.Judged judged
                                && judged.report().subject().kind().equals("ComposeService"));
    }

    /** Each fix once, though several findings may ask for it. */
    private List<Change> changes(List<Inspection> inspections, Set<List<Edit>> impossible) {
        Map<List<Edit>, Change> changes = new LinkedHashMap<>();
        List<Change> list = new ArrayList<>();
        for (Inspection inspection : inspections) {
            changes.clear();
            if (inspection instanceof Inspection.Judged judged && judged.start() != null) {
                Position start = judged.start();
                judged.report().findings().stream()
                        .filter(this::isWanted)
                        .filter(one -> !impossible.contains(edits(one)))
                        .forEach(one ->
                                changes.putIfAbsent(edits(one), new Change(within(judged, one, start), edits(one))));
                list.addAll(changes.values());
            }
        }
        return list;
    }

    /** An instruction of a Dockerfile is found by its place, all else by its path within the document. */
    private static Position within(Inspection.Judged judged, Judged one, Position start) {
        Position place = isDockerfile(judged) ? judged.placeToTell(one.finding()) : start;
        return place == null ? start : place;
    }

    /** The edits of a finding's fix; none where it has none. */
    static List<Edit> edits(Judged judged) {
        Fix fix = judged.finding().fix();
        return fix == null ? List.of() : fix.edits();
    }

    private boolean isWanted(Judged judged) {
        Fix fix = judged.finding().fix();
        return fix != null && judged.counts() && (all || fix.safe() || judged.fixed());
    }

    private static Map<String, Position> places(List<Inspection> inspections) {
        Map<String, Position> places = new HashMap<>();
        for (Inspection inspection : inspections) {
            if (inspection instanceof Inspection.Judged judged) {
                judged.report().findings().forEach(one -> {
                    Position place = judged.placeToTell(one.finding());
                    if (place != null) {
                        places.putIfAbsent(key(judged, one), place);
                    }
                });
            }
        }
        return places;
    }

    /** What tells a finding apart in a text and in what is made of it. */
    static String key(Inspection.Judged judged, Judged one) {
        return judged.report().subject().display() + "\0" + one.finding().identity() + "\0"
                + one.finding().problem();
    }

    /** Where a violation that is left stands in the text as it was; null where it has no place. */
    static @Nullable Position place(Fixed fixed, Inspection.Judged judged, Judged one, boolean inPlace) {
        Position now = judged.placeToTell(one.finding());
        return inPlace ? now : fixed.places().getOrDefault(key(judged, one), now);
    }
}
