package dev.portcullis.cel;

import dev.cel.common.types.CelKind;

/** What an expression has to give. */
public enum ResultType {
    /** True or false. */
    BOOL("bool", CelKind.BOOL),
    /** Text. */
    STRING("string", CelKind.STRING),
    /** Whatever it gives. */
    ANY("any value", CelKind.DYN);

    private final String text;
    private final CelKind kind;

    ResultType(String text, CelKind kind) {
        this.text = text;
        this.kind = kind;
    }

    /** Whether an expression of this kind can give it; what is known only when it is evaluated is looked at then. */
    boolean allows(CelKind given) {
        return this == ANY || given == kind || given == CelKind.DYN;
    }

    boolean holds(Object value) {
        return switch (this) {
            case BOOL -> value instanceof Boolean;
            case STRING -> value instanceof String;
            case ANY -> true;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
