package dev.portcullis.docker.compose;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lies around a document beside its own text. A server gives none of it: a caller's file is not its own. */
@FunctionalInterface
public interface Surroundings {
    /** Nothing around a document is known. */
    Surroundings NONE = source -> null;

    /**
     * Where a document comes from.
     *
     * @param source as the user named it, null for a text without a name
     * @return null where nothing may be read around it
     */
    @Nullable Location of(@Nullable String source);

    /** The folder of a document and what may be read from there. */
    interface Location {
        /** The absolute path of the folder, which relative paths start from. */
        String folder();

        /** The variables that a compose file there may use: those of the process over those of {@code .env}. */
        Map<String, String> environment() throws IOException;

        /**
         * The content of a file.
         *
         * @param path relative to the folder, or absolute
         * @throws IOException where it cannot be read, or is larger than any compose file
         */
        byte[] read(String path) throws IOException;

        /**
         * The same for a file elsewhere, with its own {@code .env}.
         *
         * @throws IOException where it is no path
         */
        Location beside(String path) throws IOException;

        /** Whether a path is one of a folder. */
        default boolean isFolder(String path) {
            return false;
        }

        /** Files that are merged over this one, in their order, as {@code docker compose -f} does. */
        default List<String> overrides() {
            return List.of();
        }
    }
}
