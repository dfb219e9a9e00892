package dev.portcullis.history;

import dev.portcullis.check.Severity;
import dev.portcullis.history.Filter.Field;
import dev.portcullis.policy.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Fills a history with many decisions and tells how long pages take, and batches beside an export and retention: {@code
 * HistoryScale [EMBEDDED|POSTGRESQL] [ROWS]}. See docs/performance.md.
 */
public final class HistoryScale {
    private static final int BATCH = 500;
    private static final int PAGES = 20;
    private static final List<String> CHECKS = List.of(
            "run-as-non-root",
            "read-only-root-filesystem",
            "capabilities-dropped",
            "seccomp-profile",
            "memory-limit",
            "cpu-limit",
            "image-tag",
            "privileged");

    private HistoryScale() {}

    /** Measures. */
    public static void main(String[] arguments) throws Exception {
        Backend backend = arguments.length > 0 ? Backend.valueOf(arguments[0]) : Backend.EMBEDDED;
        int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        Path folder = Files.createTempDirectory("history-scale");
        try (Database database = Database.open(backend.place(folder))) {
            long start = System.nanoTime();
            fill(database, rows);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("%s: %d decisions in %.0f s, %.0f a second%n", backend, rows, seconds, rows / seconds);
            if (Files.exists(folder.resolve("history"))) {
                System.out.printf(
                        "file: %d MB%n", Files.size(new Place.Embedded(folder.resolve("history")).storage()) >> 20);
            }
            System.out.printf("%-40s %8s %8s %6s%n", "filter", "first ms", "worst ms", "rows");
            filters(rows).forEach((name, filter) -> measure(new Search(database), name, filter));
            beside(database, rows);
            start = System.nanoTime();
            Verification.Outcome outcome = new Verification(database, null).verify();
            System.out.printf("verify: %.0f s, broken: %s%n", (System.nanoTime() - start) / 1e9, outcome.broken());
        }
    }

    /** How long a batch of a hundred takes, one after the other, with nothing beside it, an export and retention. */
    private static void beside(Database database, int rows) throws InterruptedException {
        tell("nothing beside", append(database, rows, 100, () -> {}));
        AtomicInteger exported = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        Thread export = Thread.ofPlatform().daemon().start(() -> export(database, exported, enough));
        tell("beside an export", append(database, 2 * rows, 100, () -> {}));
        enough.set(true);
        export.join();
        System.out.printf("%d decisions were exported meanwhile%n", exported.get());
        Settings settings = new Settings(new Place.Embedded(Path.of("")), Duration.ofDays(1), 1 << 30, 1 << 30);
        Retention retention = new Retention(database, settings);
        tell("after a step of retention", append(database, 3 * rows, 100, () -> retention.step(Sample.NOON)));
    }

    private static double[] append(Database database, int first, int batches, Runnable before) {
        Log log = new Log(database);
        Random random = new Random(2);
        double[] millis = new double[batches];
        for (int i = 0; i < batches; i++) {
            List<Entry> batch = new ArrayList<>();
            for (int j = 0; j < 100; j++) {
                batch.add(entry(first + 100 * i + j, first, random));
            }
            long start = System.nanoTime();
            before.run();
            log.append(batch);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return millis;
    }

    private static void export(Database database, AtomicInteger exported, AtomicBoolean enough) {
        Search search = new Search(database);
        Long before = null;
        do {
            Page page = search.page(Filter.ALL, Sight.ALL, before, 500);
            exported.addAndGet(page.decisions().size());
            before = page.next() == null ? null : (Long) Cursor.read(page.next());
        } while (before != null && !enough.get());
    }

    private static void tell(String what, double[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                "100 decisions %s: median %.1f ms, worst %.1f ms%n",
                what, millis[millis.length / 2], millis[millis.length - 1]);
    }

    private static void fill(Database database, int rows) {
        Random random = new Random(1);
        Log log = new Log(database);
        List<Entry> batch = new ArrayList<>(BATCH);
        for (int i = 0; i < rows; i++) {
            batch.add(entry(i, rows, random));
            if (batch.size() == BATCH) {
                log.append(batch);
                batch.clear();
            }
        }
        log.append(batch);
    }

    /** One a second; one of twenty is denied, a third warns; a hundred namespaces, two thousand owners. */
    private static Entry entry(int i, int rows, Random random) {
        Instant at = Sample.NOON.minusSeconds(rows - i);
        int owner = random.nextInt(2_000);
        String name = "owner-" + owner;
        String namespace = "team-" + owner % 100;
        int luck = random.nextInt(20);
        if (luck == 0) {
            return Sample.denied("u" + i, namespace, name, at, CHECKS.get(random.nextInt(7)), CHECKS.get(7));
        }
        return luck < 7
                ? Sample.entry(
                        "u" + i,
                        namespace,
                        name,
                        at,
                        Outcome.WARN,
                        CHECKS.subList(0, 5).toArray(String[]::new))
                : Sample.allowed("u" + i, namespace, name, at);
    }

    private static Map<String, Filter> filters(int rows) {
        Map<String, Filter> filters = new LinkedHashMap<>();
        filters.put("all", Filter.ALL);
        filters.put("namespace", only(Field.NAMESPACE, "team-7"));
        filters.put("owner", only(Field.OWNER, "owner-7"));
        filters.put("user", only(Field.USER, "ann"));
        filters.put("user nobody", only(Field.USER, "bob"));
        filters.put("check", only(Field.CHECK, "privileged"));
        filters.put("outcome deny", only(Field.OUTCOME, "deny"));
        filters.put("kind nobody has", only(Field.KIND, "Job"));
        filters.put("severity", new Filter(Map.of(), Severity.CRITICAL, null, null, null, null));
        filters.put("mode enforce", new Filter(Map.of(), null, Mode.ENFORCE, null, null, null));
        filters.put("text nobody wrote", new Filter(Map.of(), null, null, null, null, "nothing like it"));
        Instant middle = Sample.NOON.minusSeconds(rows / 2);
        filters.put(
                "an hour long ago", new Filter(Map.of(), null, null, middle, middle.plus(Duration.ofHours(1)), null));
        filters.put(
                "namespace and check",
                new Filter(Map.of(Field.NAMESPACE, "team-7", Field.CHECK, "privileged"), null, null, null, null, null));
        filters.put(
                "check, namespace that has none",
                new Filter(Map.of(Field.NAMESPACE, "x", Field.CHECK, "privileged"), null, null, null, null, null));
        filters.put(
                "deny in namespace",
                new Filter(Map.of(Field.NAMESPACE, "team-7", Field.OUTCOME, "deny"), null, null, null, null, null));
        return filters;
    }

    private static Filter only(Field field, String value) {
        return new Filter(Map.of(field, value), null, null, null, null, null);
    }

    private static void measure(Search search, String name, Filter filter) {
        double[] millis = new double[PAGES];
        @Nullable Long before = null;
        int found = 0;
        for (int i = 0; i < PAGES; i++) {
            long start = System.nanoTime();
            Page page = search.page(filter, Sight.ALL, before, 50);
            millis[i] = (System.nanoTime() - start) / 1e6;
            found += page.decisions().size();
            before = page.next() == null ? null : (Long) Cursor.read(page.next());
        }
        System.out.printf(
                "%-40s %8.1f %8.1f %6d%n",
                name, millis[0], Arrays.stream(millis).max().orElse(0), found);
    }
}
