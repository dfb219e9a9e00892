package dev.portcullis.engine;

import dev.portcullis.policy.Report;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/**
 * What becomes of a request as it was sent.
 *
 * @param message why it is denied and what would be allowed, at most 500 characters; empty where it is allowed
 * @param report what was found, null where the route alone, or what is wrong with the request, decided
 * @param patched what becomes of it with the fixes of the policies; null where there are none to make
 * @param container the identifier of the container that was judged, which a name may not stand for a moment later; null where
 *     none was that is there
 */
public record EngineVerdict(
        boolean allowed,
        Basis basis,
        String message,
        @Nullable Report report,
        @Nullable Patched patched,
        @Nullable String container) {
    /** What a verdict goes by. */
    public enum Basis {
        /** The route alone. */
        ROUTE,
        /** What the policies say. */
        POLICIES,
        /** The request could not be judged. */
        REFUSAL
    }

    /**
     * A request to create a container with the fixes in its body.
     *
     * @param message why it is denied all the same; empty where it is allowed
     * @param operations the fixes as JSON Patch (RFC 6902), relative to the body that was sent
     * @param body that with the fixes, JSON in UTF-8
     * @param report what was found then
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on without a copy; compared by nobody
    public record Patched(boolean allowed, String message, ArrayNode operations, byte[] body, Report report) {}

    /** One that the route alone decides. */
    public static EngineVerdict unjudged() {
        return new EngineVerdict(true, Basis.ROUTE, "", null, null, null);
    }

    /** One that could not be judged. */
    public static EngineVerdict refused(String why) {
        return new EngineVerdict(false, Basis.REFUSAL, Denial.sentence(why), null, null, null);
    }

    /** One by the policies. */
    static EngineVerdict of(Report report) {
        boolean allowed = report.allowed();
        return new EngineVerdict(allowed, Basis.POLICIES, allowed ? "" : Denial.message(report), report, null, null);
    }

    /** The same with what a patch would make of it. */
    EngineVerdict with(@Nullable Patched fixed) {
        return new EngineVerdict(allowed, basis, message, report, fixed, container);
    }

    /** The same of a container that is there. */
    EngineVerdict on(String identifier) {
        return new EngineVerdict(allowed, basis, message, report, patched, identifier);
    }
}
