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

    /** A command is run. */
    record Run(FieldPath path, boolean onBuild, BuildCommand command) implements BuildStep {}

    /** A command that is run in containers of the image: CMD, ENTRYPOINT, HEALTHCHECK. */
    record Start(FieldPath path, boolean onBuild, BuildCommand command) implements BuildStep {}

    /** Files are taken from an image that the build otherwise has nothing to do with. */
    record OtherImage(FieldPath path, boolean onBuild, Setting<String> image) implements BuildStep {}

    /**
     * A label is set.
     *
     * @param value what it comes to; null where that is known only when it is built
     */
    record Label(
            FieldPath path,
            boolean onBuild,
            String name,
            String written,
            @Nullable String value) implements BuildStep {
        /** Without the value, which may be a secret. */
        @Override
        public String toString() {
            return name;
        }
    }

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
