package dev.portcullis.resource;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.policy.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code HardeningPolicy} resources ({@code portcullis.dev/v1alpha1}) from files of YAML or JSON, one or many
 * documents each. What is not wholly understood is refused: a policy that is read by halves would allow what its author
 * forbade. At most 1 MiB a file, 1,000 files and 1,000 policies.
 */
public final class PolicyFiles {
    private static final int MOST_POLICIES = 1_000;

    private final Problems problems = new Problems();
    private final PolicyReader reader = new PolicyReader(problems);
    private final List<Policy> policies = new ArrayList<>();
    private int documents;

    private PolicyFiles() {}

    /**
     * The policies of a file, or of the {@code *.yaml}, {@code *.yml} and {@code *.json} files directly in a folder, in
     * the order of their names.
     *
     * @return at least one policy
     * @throws PolicyException telling everything that is wrong; never only some of the policies
     */
    public static List<Policy> read(Path fileOrFolder) throws PolicyException {
        PolicyFiles files = new PolicyFiles();
        new Sources(files.problems).read(fileOrFolder, (source, text) -> {
            int before = files.problems.count();
            files.add(source, text);
            files.problems.sortSince(before);
        });
        files.problems.throwIfAny();
        return List.copyOf(files.policies);
    }

    private void add(String source, byte[] text) {
        try {
            List<Yaml.Result> results = Yaml.readEach(text, MOST_POLICIES - documents);
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
            case Yaml.Read read -> {
                Policy policy = reader.read(source, read.document());
                if (policy != null) {
                    policies.add(policy);
                }
            }
        }
    }

    private void refuse(String source, UnreadableException unreadable) {
        if (unreadable.isTooManyDocuments()) {
            problems.add(source, null, "over " + MOST_POLICIES + " policies in all: remove or merge some");
            return;
        }
        // The line of an error begins with its place.
        String message = String.valueOf(unreadable.getMessage()).replace(" at " + unreadable.position() + ":", ":");
        problems.add(source, unreadable.position(), message);
    }
}
