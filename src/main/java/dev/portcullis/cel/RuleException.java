package dev.portcullis.cel;

/** A rule that cannot be asked. */
public final class RuleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String pointer;

    /**
     * An exception.
     *
     * @param pointer the part of the rule that is wrong, as a JSON Pointer from the rule: {@code /expression},
     *     {@code /fix/patch/0/path}
     * @param message what is wrong with it and what to do
     */
    RuleException(String pointer, String message) {
        super(message, null, false, false);
        this.pointer = pointer;
    }

    /** The part of the rule that is wrong, as a JSON Pointer from the rule. */
    public String pointer() {
        return pointer;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
