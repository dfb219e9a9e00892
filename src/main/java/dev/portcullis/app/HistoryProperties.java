package dev.portcullis.app;

import dev.portcullis.history.Place;
import dev.portcullis.history.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The history of decisions.
 *
 * @param enabled whether decisions are kept
 * @param url the PostgreSQL, 15 or newer, that keeps them, such as jdbc:postgresql://db.example.com/portcullis; absent is a
 *     file in the data folder, which one process uses at a time
 * @param user who logs in to the PostgreSQL
 * @param passwordFile the file that holds the user's password
 * @param maxAge the age from which a decision is removed
 * @param maxSize the most that decisions take, without their indexes, which take as much again; the oldest go first
 * @param bodies the most that requests take which are kept, compressed and without secrets, to be judged again by impact; 0
 *     keeps none
 */
record HistoryProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String url,
        @Nullable String user,
        @Nullable Path passwordFile,
        @DefaultValue("30d") Duration maxAge,
        @DefaultValue("1GB") DataSize maxSize,
        @DefaultValue("256MB") DataSize bodies) {
    HistoryProperties {
        require(
                url == null || url.startsWith("jdbc:postgresql:"),
                "url",
                "must begin with jdbc:postgresql:, such as jdbc:postgresql://db.example.com/portcullis");
        require(
                url == null || !url.contains("password="),
                "url",
                "must not hold the password: name the file that does with portcullis.history.password-file");
        require(
                url != null || (user == null && passwordFile == null),
                "user",
                "and portcullis.history.password-file need portcullis.history.url");
        require(
                maxAge.compareTo(Duration.ofMinutes(1)) >= 0 && maxAge.compareTo(Duration.ofDays(3650)) <= 0,
                "max-age",
                "must be 1m to 3650d");
        require(maxSize.toMegabytes() >= 1 && maxSize.toTerabytes() <= 1, "max-size", "must be 1MB to 1TB");
        require(!bodies.isNegative() && bodies.toTerabytes() <= 1, "bodies", "must be 0 to 1TB");
    }

    /** @param decides whether the process that keeps it decides itself */
    Settings settings(Path data, boolean decides) {
        Place place = url == null ? Place.Embedded.in(data) : new Place.Server(url, user, passwordFile);
        return new Settings(place, maxAge, maxSize.toBytes(), bodies.toBytes(), decides);
    }

    private static void require(boolean holds, String name, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("portcullis.history." + name + " " + rule);
        }
    }
}
