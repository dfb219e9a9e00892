package dev.portcullis.history;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the history is kept. */
public sealed interface Place {
    /**
     * A file of its own.
     *
     * @param folder the folder of the file, made where it is missing
     */
    record Embedded(Path folder) implements Place {
        /** The one in a server's data folder. */
        public static Embedded in(Path data) {
            return new Embedded(data.resolve("history"));
        }

        /** The file without the endings that the database adds. */
        Path file() {
            return folder.resolve("decisions");
        }

        /** The file itself. */
        Path storage() {
            return folder.resolve("decisions.mv.db");
        }
    }

    /**
     * A PostgreSQL, 15 or newer.
     *
     * @param url as its driver takes it: {@code jdbc:postgresql://host:5432/database}
     * @param user null where the URL or the server's configuration says who
     * @param password the file that holds it, null where none is needed
     */
    record Server(
            String url, @Nullable String user, @Nullable Path password) implements Place {}
}
