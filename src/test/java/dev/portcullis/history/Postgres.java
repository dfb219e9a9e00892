package dev.portcullis.history;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL for all tests of a run, each with a database of its own. */
public final class Postgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private Postgres() {}

    private static final class Running {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException cannot) {
                throw new UncheckedIOException(cannot);
            }
        }
    }

    /** A new, empty database. */
    public static Place.Server database() throws SQLException {
        String name = "history" + DATABASES.incrementAndGet();
        try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new Place.Server(Running.SERVER.getJdbcUrl("postgres", name), null, null);
    }

    /** Ends what is connected to a database, and lets nobody in. */
    static void refuse(Place.Server place) throws SQLException {
        String name = name(place);
        execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    /** Lets everybody in again. */
    static void admit(Place.Server place) throws SQLException {
        execute("ALTER DATABASE " + name(place) + " ALLOW_CONNECTIONS true");
    }

    /** How many decisions a log says are missing. */
    static long lost(Place.Server place) throws SQLException {
        try (Connection connection =
                        Running.SERVER.getDatabase("postgres", name(place)).getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT lost FROM decision_log")) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private static String name(Place.Server place) {
        return place.url().replaceAll(".*/(history[0-9]+).*", "$1");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
