package dev.portcullis.history;

import java.nio.file.Path;
import java.sql.SQLException;

/** The databases that the history can be kept in. */
enum Backend {
    EMBEDDED {
        @Override
        Place place(Path folder) {
            return new Place.Embedded(folder.resolve("history"));
        }
    },
    POSTGRESQL {
        @Override
        Place place(Path folder) throws SQLException {
            return Postgres.database();
        }
    };

    /** An empty one. */
    abstract Place place(Path folder) throws SQLException;
}
