package dev.portcullis.resource;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Policies that cannot be used. The message has a line for every error. */
public final class PolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<PolicyError> errors;

    /**
     * An exception.
     *
     * @param errors those that are told, at least one
     * @param untold how many more there are
     */
    PolicyException(List<PolicyError> errors, int untold) {
        super(text(errors, untold));
        this.errors = List.copyOf(errors);
    }

    private static String text(List<PolicyError> errors, int untold) {
        String told = errors.stream().map(PolicyError::toString).collect(Collectors.joining("\n"));
        return untold == 0 ? told : told + "\nand " + untold + " more";
    }

    /** What is wrong, in the order of the files; of more than 1,000 errors the first 1,000. */
    public List<PolicyError> errors() {
        return errors;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
