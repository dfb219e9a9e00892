package dev.portcullis.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says about one check.
 *
 * @param mode null where the policy's own applies
 * @param fixing null where the policy's own applies
 * @param parameters those that differ from the check's defaults
 * @param except who is not asked; for acts alone
 */
public record CheckRule(
        @Nullable Mode mode, BoundCheck.@Nullable Fixing fixing, Map<String, Object> parameters, Except except) {
    /** One that excepts nobody. */
    public CheckRule(@Nullable Mode mode, BoundCheck.@Nullable Fixing fixing, Map<String, Object> parameters) {
        this(mode, fixing, parameters, Except.NOBODY);
    }

    /** Nothing but a mode. */
    public static CheckRule of(Mode mode) {
        return new CheckRule(mode, null, Map.of());
    }
}
