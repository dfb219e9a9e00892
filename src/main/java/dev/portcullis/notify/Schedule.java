package dev.portcullis.notify;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When digests are due. A time that a day lacks, when clocks are put forward, is so much later; of one that it has twice the
 * first is meant.
 *
 * @param day on which they are; null for every day
 */
public record Schedule(@Nullable DayOfWeek day, LocalTime at, ZoneId zone) {
    /** The last moment at or before another at which one was due. */
    Instant dueBy(Instant now) {
        ZonedDateTime then = now.atZone(zone);
        for (int days = 0; ; days++) {
            ZonedDateTime due = then.toLocalDate().minusDays(days).atTime(at).atZone(zone);
            if ((day == null || due.getDayOfWeek() == day) && !due.toInstant().isAfter(now)) {
                return due.toInstant();
            }
        }
    }

    /** The first moment after another at which one is due. */
    Instant dueAfter(Instant now) {
        ZonedDateTime then = now.atZone(zone);
        for (int days = 0; ; days++) {
            ZonedDateTime due = then.toLocalDate().plusDays(days).atTime(at).atZone(zone);
            if ((day == null || due.getDayOfWeek() == day) && due.toInstant().isAfter(now)) {
                return due.toInstant();
            }
        }
    }

    /** As people say it. */
    String spoken() {
        String when = day == null ? "daily" : "on " + day.getDisplayName(TextStyle.FULL, Locale.ENGLISH) + "s";
        return when + " at " + at + " " + zone.getId();
    }
}
