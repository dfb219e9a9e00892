package dev.portcullis.notify;

import dev.portcullis.history.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a digest says, as it says it.
 *
 * @param period from when to when
 * @param posture what runs now
 * @param before what ran when a digest was sent before; null where that is not known
 * @param console where it can be looked at; null where nobody said
 */
record Digest(
        String title,
        String period,
        long denials,
        long warnings,
        Rows<Place> namespaces,
        Rows<CheckTimes> checks,
        Rows<Who> begun,
        Rows<Who> ended,
        Standing posture,
        @Nullable String before,
        Rows<Leave> leaves,
        @Nullable String console) {
    /**
     * Some rows, and how many others there are.
     *
     * @param rows the first of them
     */
    record Rows<T>(List<T> rows, int more) {
        private static final int MOST = 30;

        static <T> Rows<T> of(List<T> all) {
            int shown = Math.min(MOST, all.size());
            return new Rows<>(all.subList(0, shown), all.size() - shown);
        }

        boolean any() {
            return !rows.isEmpty();
        }

        int count() {
            return rows.size() + more;
        }

        boolean hasMore() {
            return more > 0;
        }
    }

    record Place(String name, long denials, long warnings) {}

    record CheckTimes(String check, String mode, long times, long namespaces) {}

    record Who(
            String kind,
            String name,
            String where,
            String checks,
            long times,
            @Nullable String link) {}

    record Leave(String name, String who, String owner, String ends) {}
}
