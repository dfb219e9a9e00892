package dev.portcullis.cel;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/** A timestamp. It keeps the offset it was written with, which shows when it becomes text again. */
record Moment(Instant instant, int offsetSeconds) {
    LocalDateTime utc() {
        return at(0);
    }

    LocalDateTime at(int offset) {
        return LocalDateTime.ofEpochSecond(instant.getEpochSecond() + offset, instant.getNano(), ZoneOffset.UTC);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Moment moment && instant.equals(moment.instant);
    }

    @Override
    public int hashCode() {
        return instant.hashCode();
    }

    /** As RFC 3339 has it, without zeros at the end of the fraction. */
    @Override
    public String toString() {
        LocalDateTime local = at(offsetSeconds);
        StringBuilder text = new StringBuilder(35);
        text.append("%04d-%02d-%02dT%02d:%02d:%02d"
                .formatted(
                        local.getYear(),
                        local.getMonthValue(),
                        local.getDayOfMonth(),
                        local.getHour(),
                        local.getMinute(),
                        local.getSecond()));
        int fraction = local.get(ChronoField.NANO_OF_SECOND);
        if (fraction != 0) {
            text.append('.').append("%09d".formatted(fraction).replaceFirst("0+$", ""));
        }
        if (offsetSeconds == 0) {
            return text.append('Z').toString();
        }
        int minutes = Math.abs(offsetSeconds) / 60;
        return text.append(offsetSeconds < 0 ? '-' : '+')
                .append("%02d:%02d".formatted(minutes / 60, minutes % 60))
                .toString();
    }
}
