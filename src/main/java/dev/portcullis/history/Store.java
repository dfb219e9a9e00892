package dev.portcullis.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database, opened when it is first needed and again after it was away. */
final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");

    private final Place place;
    private @Nullable Database database;
    private boolean setAside;

    Store(Place place) {
        this.place = place;
    }

    /** Opens it unless it is open. A damaged file is set aside, and a new one begun. */
    synchronized Database open(Instant now) throws HistoryUnavailableException {
        if (database == null) {
            prepare();
            try {
                database = Database.open(place);
            } catch (HistoryUnavailableException unusable) {
                if (!unusable.damaged() || !(place instanceof Place.Embedded embedded)) {
                    throw unusable;
                }
                setAside(embedded, now, unusable.sentence());
                database = Database.open(place);
            }
        }
        return database;
    }

    /** The database where it is open. */
    synchronized Database opened() throws HistoryUnavailableException {
        if (database == null) {
            throw new HistoryUnavailableException("the history's database is not open yet", false, null);
        }
        return database;
    }

    /** Closes a database that turned out to be damaged, so that it is set aside when it is opened next. */
    synchronized void abandon(Instant now, String why) {
        close();
        if (place instanceof Place.Embedded embedded) {
            setAside(embedded, now, why);
        }
    }

    /** After a full disk a file is written to no more by who has it open. */
    synchronized void reopenLater() {
        if (place instanceof Place.Embedded) {
            close();
        }
    }

    /** Whether questions can be asked of it. */
    synchronized boolean isOpen() {
        return database != null;
    }

    /** Whether a damaged file was set aside since the start. */
    synchronized boolean hasSetAside() {
        return setAside;
    }

    /** Makes its folder where it has one. */
    synchronized void prepare() throws HistoryUnavailableException {
        if (place instanceof Place.Embedded embedded) {
            try {
                Files.createDirectories(embedded.folder());
                Files.setPosixFilePermissions(embedded.folder(), OWNER_ALONE);
            } catch (IOException unwritable) {
                throw new HistoryUnavailableException(
                        "the folder of the history, " + embedded.folder() + ", cannot be used: "
                                + Database.root(unwritable),
                        false,
                        unwritable);
            }
        }
    }

    private void setAside(Place.Embedded embedded, Instant now, String why) {
        Path file = embedded.storage();
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + STAMP.format(now));
        try {
            Files.move(file, aside);
            setAside = true;
            LOG.error("{}: set aside as {}, and a new one begun", why, aside);
        } catch (IOException immovable) {
            LOG.error("{}: it cannot be set aside as {}: {}", why, aside, immovable.toString());
        }
    }

    @Override
    public synchronized void close() {
        if (database != null) {
            database.close();
            database = null;
        }
    }
}
