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
    /** How often a round is tried again without fixes that are no good. */
    private static final int MOST_TRIES = 4;

    /** Without braces between, so that no character is looked at for more than one pair of them. */
    private static final Pattern HELM =
            Pattern.compile("\\{\\{[^{}]*(?:\\.(?:Values|Release|Chart|Capabilities|Files)\\b|\\b(?:include|tpl)\\s)");

    private static final String RENDER =
            "is a Helm template: render it first (helm template), or set the values of its chart";
    private static final String UNKNOWN_BUILD = "no fix can be chosen without knowing what is built";
    private static final String UNREAD = "the file holds a document that cannot be read: correct that first";
    private static final String TOGETHER = "its fix would bring something else together with others";

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
     * @param original the text as it was, the same things in the same order
     * @param fixed the same where nothing could be fixed
     * @param left why a fix was not made
     */
    record Fixed(Draft original, Draft fixed, Map<Wanted.Key, String> left) {
        /** Why a finding is left; null where that goes without saying. */
        @Nullable String reason(int subject, Judged judged) {
            boolean build = judged.finding().fix() == null
                    && isDockerfile(fixed.inspections().get(subject));
            return left.getOrDefault(Wanted.Key.of(subject, judged), build ? UNKNOWN_BUILD : null);
        }

        /** Where findings stand in the text as it was. */
        OriginalPlaces originalPlaces(int subject) {
            return OriginalPlaces.of(original.inspections().get(subject));
        }
    }

    /**
     * Fixes a text. What is made of it is judged before it is kept: a fix that does not clear its finding, or brings another, is
     * left out.
     *
     * @throws UnreadableException where it has too many documents
     */
    Fixed fix(String source, byte[] text) throws UnreadableException {
        Draft original = draft(source, new String(text, StandardCharsets.UTF_8), text);
        Map<Wanted.Key, String> left = new HashMap<>();
        Draft draft = original;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<Wanted> wanted = wanted(draft.inspections(), left.keySet());
            if (wanted.isEmpty()) {
                break;
            }
            if (draft.inspections().stream().anyMatch(Fixer::isNoText)) {
                wanted.forEach(one -> left.put(one.key(), UNREAD));
                break;
            }
            if (isMergedOver(source, draft.inspections())) {
                wanted.forEach(one -> left.put(one.key(), "another file is merged over this one"));
                break;
            }
            draft = round(source, draft, wanted, left);
        }
        return new Fixed(original, draft, left);
    }

    /** Makes fixes, and tries again without those that are no good. */
    private Draft round(String source, Draft before, List<Wanted> wanted, Map<Wanted.Key, String> left)
            throws UnreadableException {
        FixGuard guard = new FixGuard(before, (draft, alone) -> written(source, draft, alone, new HashMap<>()));
        List<Wanted> made = new ArrayList<>(wanted);
        for (int tries = 0; tries < MOST_TRIES && !made.isEmpty(); tries++) {
            Draft after = written(source, before, made, left);
            made.removeIf(one -> left.containsKey(one.key()));
            Map<Wanted, String> blamed = guard.blamed(after, made);
            if (blamed.isEmpty()) {
                return after;
            }
            blamed.forEach((one, reason) -> left.put(one.key(), reason));
            made.removeAll(blamed.keySet());
        }
        made.forEach(one -> left.put(one.key(), TOGETHER));
        return before;
    }

    private Draft written(String source, Draft before, List<Wanted> wanted, Map<Wanted.Key, String> left)
            throws UnreadableException {
        byte[] text = before.text().getBytes(StandardCharsets.UTF_8);
        List<Change> changes = wanted.stream().map(Wanted::change).toList();
        Rewriting rewriting = before.inspections().stream().anyMatch(Fixer::isDockerfile)
                ? DockerfileRewriter.rewrite(text, changes)
                : Rewriter.rewrite(text, Inspector::dialect, changes);
        for (Rewriting.Refused refused : rewriting.refused()) {
            wanted.stream()
                    .filter(one -> one.change().equals(refused.change()))
                    .forEach(one -> left.put(one.key(), refused.reason()));
        }
        return draft(source, rewriting.text(), rewriting.text().getBytes(StandardCharsets.UTF_8));
    }

    private Draft draft(String source, String characters, byte[] text) throws UnreadableException {
        if (HELM.matcher(characters).find()) {
            return new Draft(characters, template(source));
        }
        List<Inspection> inspections = inspector.inspect(source, text, Integer.MAX_VALUE);
        boolean template = characters.contains("{{") && inspections.stream().anyMatch(Fixer::isNoText);
        return new Draft(characters, template ? template(source) : inspections);
    }

    private static List<Inspection> template(String source) {
        return List.of(new Inspection.Unreadable(source, null, RENDER, true));
    }

    private static boolean isNoText(Inspection inspection) {
        return inspection instanceof Inspection.Unreadable unreadable && unreadable.text();
    }

    static boolean isDockerfile(Inspection inspection) {
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
    private List<Wanted> wanted(List<Inspection> inspections, Set<Wanted.Key> impossible) {
        Map<Wanted.Key, Wanted> wanted = new LinkedHashMap<>();
        for (int i = 0; i < inspections.size(); i++) {
            if (inspections.get(i) instanceof Inspection.Judged judged && judged.start() != null) {
                for (Judged one : judged.report().findings()) {
                    Wanted.Key key = Wanted.Key.of(i, one);
                    if (isWanted(one) && !impossible.contains(key)) {
                        Change change = new Change(within(judged, one, judged.start()), key.edits());
                        wanted.putIfAbsent(key, new Wanted(key, change));
                    }
                }
            }
        }
        return List.copyOf(wanted.values());
    }

    /** An instruction of a Dockerfile is found by its place, all else by its path within the document. */
    private static Position within(Inspection.Judged judged, Judged one, Position start) {
        Position place = isDockerfile(judged) ? judged.placeToTell(one.finding()) : start;
        return place == null ? start : place;
    }

    private boolean isWanted(Judged judged) {
        Fix fix = judged.finding().fix();
        return fix != null && judged.counts() && (all || fix.safe() || judged.fixed());
    }
}
