package dev.portcullis.cli;

import dev.portcullis.history.Place;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the history is. */
final class HistoryOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder of a server, which must not be running. Default: ./data",
            defaultValue = "data")
    private Path data = Path.of("data");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The PostgreSQL that keeps the history instead, as portcullis.history.url")
    private @Nullable String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Who logs in to the PostgreSQL.")
    private @Nullable String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "The file that holds the user's password.")
    private @Nullable Path passwordFile;

    Place place() {
        return url == null ? Place.Embedded.in(data) : new Place.Server(url, user, passwordFile);
    }
}
