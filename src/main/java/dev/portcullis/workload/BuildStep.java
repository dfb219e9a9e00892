package dev.portcullis.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one instruction of a build stage does, as far as checks ask. */
public sealed interface BuildStep {
    /** Where it stands. */
    FieldPath path();

    /** Whether it waits until another image is built on this one, where it then comes first. */
    boolean onBuild();

    /** Who runs what follows, and the image. */
    record User(FieldPath path, boolean onBuild, Setting<String> user) implements BuildStep {}

    /**
     * How the engine finds out whether a container of the image is well.
     *
     * @param enabled false for {@code NONE}
     */
    record Health(FieldPath path, boolean onBuild, boolean enabled) implements BuildStep {}

    /**
     * Files are put into the image.
     *
     * @param add by ADD, which fetches and unpacks, rather than COPY
     * @param sources where from; an {@code Inexpressible} one is known only when it is built
     * @param texts what is written out in the Dockerfile itself
     * @param checksum what a fetched file must have, null where none is asked for
     * @param unpack whether archives are unpacked, null where that is left to the builder
     */
    record Files(
            FieldPath path,
            boolean onBuild,
            boolean add,
            List<Setting<String>> sources,
            List<String> texts,
            @Nullable String checksum,
            @Nullable Boolean unpack)
            implements BuildStep {}

    /**
     * A command is run.
     *
     * @param command the program and its arguments; one line for the shell where {@code shell}
     * @param texts scripts, or what is fed to the command
     */
    record Run(FieldPath path, boolean onBuild, boolean shell, List<String> command, List<String> texts)
            implements BuildStep {}

    /**
     * A variable is set.
     *
     * @param argument for the build alone, which its caller may set, rather than for the image
     * @param written the value as written, null where there is none
     * @param value what it comes to; null where that is known only when it is built
     */
    record Variable(
            FieldPath path,
            boolean onBuild,
            boolean argument,
            String name,
            @Nullable String written,
            @Nullable String value)
            implements BuildStep {
        /** Without the value, which may be a secret. */
        @Override
        public String toString() {
            return name;
        }
    }
}
