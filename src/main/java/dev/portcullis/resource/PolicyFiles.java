package dev.portcullis.resource;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.policy.PolicySet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code HardeningPolicy} and {@code HardeningExemption} resources ({@code portcullis.dev/v1alpha1}) from files of
 * YAML or JSON, one or many documents each. What is not wholly understood is refused: a policy that is read by halves would
 * allow what its author forbade. At most 1 MiB a file, 1,000 files and 1,000 resources.
 */
public final class PolicyFiles {
    private static final int MOST_RESOURCES = 1_000;

    private final Problems problems = new Problems();
    private final ResourceReader reader = new ResourceReader(problems);
    private int documents;

    private PolicyFiles() {}

    /**
     * What a file holds, or the {@code *.yaml}, {@code *.yml} and {@code *.json} files directly in a folder, in the order of
     * their names.
     *
     * @return at least one policy
     * @throws PolicyException telling everything that is wrong; never only some of the policies
     */
    public static PolicySet read(Path fileOrFolder) throws PolicyException {
        return read(fileOrFolder, Set.of());
    }

    /**
     * The same.
     *
     * @param exemptionNamespaces those whose exemptions every policy heeds, beside its own
     */
    public static PolicySet read(Path fileOrFolder, Set<String> exemptionNamespaces) throws PolicyException {
        return read(List.of(fileOrFolder), exemptionNamespaces);
    }

    /** The same of what several files and folders hold together. */
    public static PolicySet read(List<Path> filesOrFolders, Set<String> exemptionNamespaces) throws PolicyException {
        return readAll(filesOrFolders, exemptionNamespaces).set(exemptionNamespaces);
    }

    /**
     * The same, with what their authors may not have meant.
     *
     * @param now by which exemptions expire
     */
    public static Lint lint(List<Path> filesOrFolders, Set<String> exemptionNamespaces, Instant now)
            throws PolicyException {
        PolicyFiles files = readAll(filesOrFolders, exemptionNamespaces);
        PolicySet set = files.set(exemptionNamespaces);
        Doubts doubts = new Doubts(set, now);
        files.reader.placedExemptions().forEach(doubts::tell);
        return new Lint(set, files.problems.told());
    }

    /**
     * The same with where each of them stands.
     *
     * @param exemptionNamespaces those whose exemptions every policy heeds, beside its own
     */
    public static Loaded load(Path fileOrFolder, Set<String> exemptionNamespaces) throws PolicyException {
        PolicyFiles files = readAll(List.of(fileOrFolder), exemptionNamespaces);
        return new Loaded(files.set(exemptionNamespaces), files.reader.origins());
    }

    /** Policies, and where they stand. */
    public record Loaded(PolicySet set, Origins origins) {}

    /**
     * The same of a text that is in no file.
     *
     * @param name by which errors call it
     * @param exemptionNamespaces those whose exemptions every policy heeds, beside its own
     */
    public static PolicySet parse(String name, byte[] text, Set<String> exemptionNamespaces) throws PolicyException {
        PolicyFiles files = new PolicyFiles();
        if (text.length > Sources.MOST_BYTES) {
            files.problems.add(name, null, "over 1 MiB: send less at once");
        } else {
            files.add(name, text);
            files.problems.sortSince(0);
        }
        return files.complete(name, exemptionNamespaces).set(exemptionNamespaces);
    }

    private static PolicyFiles readAll(List<Path> filesOrFolders, Set<String> exemptionNamespaces)
            throws PolicyException {
        PolicyFiles files = new PolicyFiles();
        Sources sources = new Sources(files.problems);
        for (Path named : filesOrFolders) {
            sources.read(named, (source, text) -> {
                int before = files.problems.count();
                files.add(source, text);
                files.problems.sortSince(before);
            });
        }
        String named = filesOrFolders.stream().map(Sources::name).collect(Collectors.joining(", "));
        return files.complete(named, exemptionNamespaces);
    }

    /** These, where they can be used as a whole. */
    private PolicyFiles complete(String named, Set<String> exemptionNamespaces) throws PolicyException {
        problems.throwIfAny();
        reader.requireHeeded(exemptionNamespaces);
        if (reader.policies().isEmpty()) {
            problems.add(named, null, "there is no policy inside: write a HardeningPolicy");
        }
        problems.throwIfAny();
        return this;
    }

    private PolicySet set(Set<String> exemptionNamespaces) {
        return new PolicySet(reader.policies(), reader.exemptions(), exemptionNamespaces, reader.version());
    }

    /** The files that would be read, in that order; none where there are none, null where nobody can say. */
    public static @Nullable List<Path> list(Path fileOrFolder) {
        return new Sources(new Problems()).list(fileOrFolder);
    }

    private void add(String source, byte[] text) {
        try {
            List<Yaml.Result> results = Yaml.readEach(text, MOST_RESOURCES - documents);
            if (results.isEmpty()) {
                problems.add(source, null, "there is no policy inside: write a HardeningPolicy, or remove the file");
            }
            documents += results.size();
            results.forEach(result -> add(source, result));
        } catch (UnreadableException unreadable) {
            refuse(source, unreadable);
        }
    }

    private void add(String source, Yaml.Result result) {
        switch (result) {
            case Yaml.Unread unread -> refuse(source, unread.error());
            case Yaml.Read read -> reader.read(source, read.document());
        }
    }

    private void refuse(String source, UnreadableException unreadable) {
        if (unreadable.isTooManyDocuments()) {
            problems.add(source, null, "over " + MOST_RESOURCES + " policies in all: remove or merge some");
            return;
        }
        problems.add(source, unreadable);
    }
}
