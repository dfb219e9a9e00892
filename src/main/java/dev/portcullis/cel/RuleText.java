package dev.portcullis.cel;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A rule as a policy writes it.
 *
 * @param expression what must be true
 * @param message what is told where it is not; null for a text made of the rule's name
 * @param messageExpression makes that text from the object; what it cannot make is told as {@code message} says
 * @param params an object of whatever the rule's expressions read
 * @param patch a JSON Patch that would make it true; null where there is none
 */
public record RuleText(
        String name,
        String expression,
        @Nullable String message,
        @Nullable String messageExpression,
        JsonNode params,
        @Nullable JsonNode patch) {}
