package dev.portcullis.seccomp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of one argument of a system call.
 *
 * @param index of the argument, from 0 to 5
 * @param value what it is compared with, without a sign; for {@link Operator#MASKED_EQUAL} the mask
 * @param valueTwo what the argument must be under the mask
 */
public record ArgumentFilter(int index, Operator operator, long value, long valueTwo) {
    /** How they are compared. */
    public enum Operator {
        /** Not equal. */
        NOT_EQUAL("SCMP_CMP_NE", "!="),
        /** Less. */
        LESS("SCMP_CMP_LT", "<"),
        /** Less or equal. */
        LESS_OR_EQUAL("SCMP_CMP_LE", "<="),
        /** Equal. */
        EQUAL("SCMP_CMP_EQ", "=="),
        /** Greater or equal. */
        GREATER_OR_EQUAL("SCMP_CMP_GE", ">="),
        /** Greater. */
        GREATER("SCMP_CMP_GT", ">"),
        /** Equal in the bits of a mask. */
        MASKED_EQUAL("SCMP_CMP_MASKED_EQ", "&");

        private final String text;
        private final String sign;

        Operator(String text, String sign) {
            this.text = text;
            this.sign = sign;
        }

        /** By the name that profiles give it. */
        public static Optional<Operator> of(String text) {
            for (Operator operator : values()) {
                if (operator.text.equals(text)) {
                    return Optional.of(operator);
                }
            }
            return Optional.empty();
        }

        /** By its sign. */
        public static Optional<Operator> ofSign(String sign) {
            for (Operator operator : values()) {
                if (operator.sign.equals(sign)) {
                    return Optional.of(operator);
                }
            }
            return Optional.empty();
        }

        /** As profiles name it. */
        public String text() {
            return text;
        }

        private @Nullable Operator opposite() {
            return switch (this) {
                case NOT_EQUAL -> EQUAL;
                case EQUAL -> NOT_EQUAL;
                case LESS -> GREATER_OR_EQUAL;
                case GREATER_OR_EQUAL -> LESS;
                case LESS_OR_EQUAL -> GREATER;
                case GREATER -> LESS_OR_EQUAL;
                case MASKED_EQUAL -> null;
            };
        }
    }

    /** What holds exactly where this does not; empty where no profile can say so. */
    public Optional<ArgumentFilter> opposite() {
        Operator opposite = operator.opposite();
        return opposite == null ? Optional.empty() : Optional.of(new ArgumentFilter(index, opposite, value, valueTwo));
    }

    /** As a person would write it: {@code arg0 & 0x7e020000 == 0}. */
    @Override
    public String toString() {
        return operator == Operator.MASKED_EQUAL
                ? "arg" + index + " & 0x" + Long.toHexString(value) + " == " + number(valueTwo)
                : "arg" + index + " " + operator.sign + " " + number(value);
    }

    private static String number(long value) {
        return value >= 0 && value < 0x10000 ? Long.toString(value) : "0x" + Long.toHexString(value);
    }
}
