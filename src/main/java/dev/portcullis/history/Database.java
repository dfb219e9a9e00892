package dev.portcullis.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The database with its schema, brought up to date. */
final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 5;
    private static final long CONNECT_MILLIS = 5_000;
    private static final int QUERY_SECONDS = 30;
    private static final String SCHEMA = "classpath:dev/portcullis/history/schema";

    /** As PostgreSQL reads SQL; what is committed is on disk; the process decides when it closes. */
    private static final String EMBEDDED_OPTIONS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=32768";

    /** What H2 says of a file that is not what it wrote. */
    private static final Set<Integer> DAMAGED = Set.of(90030, 90048);

    private static final int LOCKED = 90020;

    /** The class of SQLSTATE in which PostgreSQL says that a value is too long for an index. */
    private static final String PROGRAM_LIMIT_EXCEEDED = "54";

    private final HikariDataSource source;
    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final TransactionTemplate transactions;

    private Database(HikariDataSource source) {
        this.source = source;
        this.jdbc = new JdbcTemplate(source);
        this.jdbc.setQueryTimeout(QUERY_SECONDS);
        this.client = JdbcClient.create(jdbc);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    /**
     * Opens it and brings its schema up to date.
     *
     * @throws HistoryUnavailableException where it cannot be used now
     */
    static Database open(Place place) throws HistoryUnavailableException {
        HikariDataSource source = null;
        try {
            source = new HikariDataSource(configuration(place));
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(source)
                    .locations(SCHEMA)
                    .cleanDisabled(true)
                    .load()
                    .migrate();
            Database database = new Database(source);
            database.client
                    .sql("INSERT INTO decision_log VALUES (1, 0, ?, 1, ?, 0, 1, 0, 0, 0) ON CONFLICT DO NOTHING")
                    .params(Chain.BEGINNING, Chain.BEGINNING)
                    .update();
            return database;
        } catch (IOException | RuntimeException problem) {
            if (source != null) {
                source.close();
            }
            throw failure(place, problem);
        }
    }

    private static HikariConfig configuration(Place place) throws IOException {
        HikariConfig configuration = new HikariConfig();
        configuration.setPoolName("history");
        configuration.setMaximumPoolSize(CONNECTIONS);
        configuration.setMinimumIdle(1);
        configuration.setConnectionTimeout(CONNECT_MILLIS);
        switch (place) {
            case Place.Embedded embedded -> {
                // Opens the file again where the JVM closes it since a thread that reads it is interrupted.
                configuration.setJdbcUrl("jdbc:h2:retry:" + embedded.file().toAbsolutePath() + EMBEDDED_OPTIONS);
                configuration.setUsername("portcullis");
                configuration.setPassword("");
            }
            case Place.Server server -> {
                configuration.setJdbcUrl(server.url());
                // Planned for what is asked: a plan for any value takes one that nobody has for a frequent one.
                configuration.addDataSourceProperty("prepareThreshold", "0");
                configuration.setUsername(server.user());
                configuration.setPassword(
                        server.password() == null
                                ? null
                                : Files.readString(server.password()).strip());
            }
        }
        return configuration;
    }

    private static HistoryUnavailableException failure(Place place, Exception problem) {
        int code = code(problem);
        String where = switch (place) {
            case Place.Embedded embedded -> "the history in " + embedded.folder();
            case Place.Server _ -> "the history's database";
        };
        if (code == LOCKED) {
            return new HistoryUnavailableException(where + " is in use by another process", false, problem);
        }
        boolean damaged = place instanceof Place.Embedded && DAMAGED.contains(code);
        String what = damaged ? " is damaged: " : " cannot be used: ";
        return new HistoryUnavailableException(where + what + root(problem), damaged, problem);
    }

    /** Whether a failure says that the file is not what was written to it. */
    static boolean isDamage(Throwable problem) {
        return DAMAGED.contains(code(problem));
    }

    /** Whether a failure says that these values cannot be kept, now or later. */
    static boolean isRefusal(DataAccessException problem) {
        String state = problem.getRootCause() instanceof SQLException sql ? sql.getSQLState() : null;
        return problem instanceof DataIntegrityViolationException
                || (state != null && state.startsWith(PROGRAM_LIMIT_EXCEEDED));
    }

    private static int code(@Nullable Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() != 0) {
                return sql.getErrorCode();
            }
        }
        return 0;
    }

    /** The innermost reason, in one line. */
    static String root(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
        return Kept.text(message.lines().findFirst().orElse(message), 300);
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    JdbcClient client() {
        return client;
    }

    TransactionTemplate transactions() {
        return transactions;
    }

    @Override
    public void close() {
        source.close();
    }
}
