package dev.portcullis.workload;

import org.jspecify.annotations.Nullable;

/** One setting of a workload: what it is and where that comes from. */
public sealed interface Setting<T> {
    /** The value in effect, or null where the platform's default is unknown or the platform cannot say it. */
    @Nullable T effective();

    /** Whether the document says a value. */
    default boolean isDeclared() {
        return this instanceof Declared;
    }

    /** Whether the document says exactly this value. */
    default boolean declares(T value) {
        return this instanceof Declared<T> declared && declared.value().equals(value);
    }

    /**
     * The document says it.
     *
     * @param value what it means
     * @param path where it stands
     * @param raw what is written there: a Boolean, Long, String, or List or Map of these
     * @param notation how another value would be written there
     */
    record Declared<T>(T value, FieldPath path, Object raw, Notation<T> notation) implements Setting<T> {
        /** A value that is written as it is. */
        public Declared(T value, FieldPath path) {
            this(value, path, value, Notation.plain());
        }

        /** The edit that writes another value in its place. */
        public Edit edit(T other) {
            return notation.edit(path, other);
        }

        @Override
        public T effective() {
            return value;
        }
    }

    /**
     * The document does not say it.
     *
     * @param path where it would go
     * @param notation how it would be written there
     * @param otherwise what the platform does then, null where that is not known
     */
    record Absent<T>(
            FieldPath path, Notation<T> notation, @Nullable T otherwise) implements Setting<T> {
        /** A setting without a known default. */
        public Absent(FieldPath path, Notation<T> notation) {
            this(path, notation, null);
        }

        /** The edit that writes a value. */
        public Edit edit(T value) {
            return notation.edit(path, value);
        }

        @Override
        public @Nullable T effective() {
            return otherwise;
        }
    }

    /**
     * The platform has no such setting here.
     *
     * @param why the reason, and where the matter is decided instead
     * @param observed what somebody has found there; null where nobody has looked
     */
    record Inexpressible<T>(String why, @Nullable Observation<T> observed) implements Setting<T> {
        /** One that nobody has looked for elsewhere. */
        public Inexpressible(String why) {
            this(why, null);
        }

        @Override
        public @Nullable T effective() {
            return observed == null ? null : observed.value();
        }
    }

    /**
     * What was found where a matter is decided that the document cannot say.
     *
     * @param state as a finding tells it: {@code podPidsLimit of node worker-1 is -1}
     */
    record Observation<T>(T value, String state) {}
}
