package dev.portcullis.resource;

import dev.portcullis.document.Position;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.workload.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with the policies of one reading, up to a bound. */
final class Problems {
    private static final int MOST_TOLD = 1_000;
    private static final int LONGEST_MESSAGE = 500;

    private static final Comparator<PolicyError> BY_PLACE = Comparator.comparing(
            PolicyError::position,
            Comparator.nullsFirst(Comparator.comparingInt(Position::line).thenComparingInt(Position::column)));

    private final List<PolicyError> errors = new ArrayList<>();
    private int count;

    void add(String source, @Nullable Position position, String message) {
        if (count++ < MOST_TOLD) {
            errors.add(new PolicyError(source, position, Printable.text(message, LONGEST_MESSAGE)));
        }
    }

    /** Adds that a text cannot be read, where the text went wrong. */
    void add(String source, UnreadableException unreadable) {
        // The line of an error begins with its place.
        String message = String.valueOf(unreadable.getMessage()).replace(" at " + unreadable.position() + ":", ":");
        add(source, unreadable.position(), message);
    }

    /** Puts those told since a count was taken in the order of their places. */
    void sortSince(int before) {
        if (before < errors.size()) {
            errors.subList(before, errors.size()).sort(BY_PLACE);
        }
    }

    /** How many there are, told or not. */
    int count() {
        return count;
    }

    /** Those that are told. */
    List<PolicyError> told() {
        return List.copyOf(errors);
    }

    void throwIfAny() throws PolicyException {
        if (count > 0) {
            throw new PolicyException(errors, count - errors.size());
        }
    }
}
