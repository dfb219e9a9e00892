package dev.portcullis.resource;

import dev.portcullis.document.Position;
import dev.portcullis.policy.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A test of policies: what they should make of resources.
 *
 * @param policies files and folders of policies and exemptions
 * @param namespaces those whose labels are known
 * @param now the moment at which everything is judged; null for the real one
 */
public record PolicyTestFile(
        List<FileName> policies,
        List<Source> namespaces,
        @Nullable Instant now,
        List<Case> cases) {

    /** Where something is written. */
    public sealed interface Source {}

    /**
     * In a file.
     *
     * @param path as it is written, from the folder of the test
     * @param place where the test names it
     */
    public record FileName(String path, @Nullable Position place) implements Source {}

    /** In the test itself. */
    public record Inline(JsonNode document) implements Source {}

    /**
     * What is judged.
     *
     * @param kind that of the one that is meant, where its source holds several; null for any
     * @param namespace the same
     * @param name the same
     */
    public record Resource(
            Source source,
            @Nullable String kind,
            @Nullable String namespace,
            @Nullable String name) {}

    /** What an API server would be asked to do with a resource. */
    public enum Operation {
        CREATE,
        UPDATE
    }

    /**
     * The request about a resource.
     *
     * @param oldObject what it was before an UPDATE; null otherwise
     */
    public record Request(
            Operation operation,
            String username,
            List<String> groups,
            @Nullable Resource oldObject) {}

    /**
     * One resource, and what is expected of it.
     *
     * @param request null where nobody in particular asks for it
     */
    public record Case(
            String name,
            @Nullable Position place,
            Resource resource,
            @Nullable Request request,
            Expectation expectation) {}

    /**
     * What is expected; nothing of what is null.
     *
     * @param allowed whether it is allowed
     * @param findings its violations, without those for which there is leave
     * @param warnings pieces of what callers are warned of
     * @param exempted each as CHECK=NAMESPACE/NAME
     * @param patch all operations that are applied
     * @param patchIncludes some of them
     * @param remaining ids of the checks that deny after the patch
     */
    public record Expectation(
            @Nullable Boolean allowed,
            @Nullable List<ExpectedFinding> findings,
            @Nullable List<String> warnings,
            @Nullable Set<String> exempted,
            @Nullable List<JsonNode> patch,
            @Nullable List<JsonNode> patchIncludes,
            @Nullable Set<String> remaining) {}

    /**
     * A violation, or several that are alike.
     *
     * @param container null for any, or none
     * @param path a JSON Pointer, or the field as messages write it; null for any
     * @param mode null for any
     */
    public record ExpectedFinding(
            String check,
            @Nullable String container,
            @Nullable String path,
            @Nullable Mode mode) {}
}
