package dev.portcullis.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Fills a history with many workloads of ten findings each, and tells how long pages of results in each order take, and summaries:
 * {@code WorkloadScale [EMBEDDED|POSTGRESQL] [FINDINGS]}. See docs/performance.md.
 */
public final class WorkloadScale {
    private static final int OF_EACH = 10;
    private static final int PAGES = 20;
    private static final int TIMES = 10;
    private static final List<String> SEVERITIES = List.of("low", "medium", "medium", "high", "critical");
    private static final Sight TEAM = new Sight(Set.of("team-7"));

    private WorkloadScale() {}

    /** Measures. */
    public static void main(String[] arguments) throws Exception {
        Backend backend = arguments.length > 0 ? Backend.valueOf(arguments[0]) : Backend.EMBEDDED;
        int findings = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        Path folder = Files.createTempDirectory("workload-scale");
        try (Database database = Database.open(backend.place(folder))) {
            long start = System.nanoTime();
            fill(database, findings / OF_EACH);
            System.out.printf("%s: %d findings in %.1f s%n", backend, findings, (System.nanoTime() - start) / 1e9);
            start = System.nanoTime();
            fill(database, findings / OF_EACH);
            System.out.printf("written again in %.1f s%n", (System.nanoTime() - start) / 1e9);
            System.out.printf("%-40s %8s %8s %8s %6s%n", "asked", "first ms", "median", "worst", "rows");
            results(new Results(database));
            workloads(new Workloads(database));
            Summaries summaries = new Summaries(database);
            tell("summary", () -> summaries.summary(Sight.ALL, null, null, Scope.ALL));
            tell("summary of a team", () -> summaries.summary(TEAM, null, null, Scope.ALL));
            tell("checks", () -> summaries.failing(Sight.ALL));
            tell("checks of a team", () -> summaries.failing(TEAM));
            tell("an exemption", () -> new ExemptionUses(database).of(Sight.ALL, List.of("sre/leave")));
        }
    }

    /** A hundred namespaces; of forty checks, each of one severity, the first are the most frequent. */
    private static void fill(Database database, int workloads) {
        Random random = new Random(1);
        List<WorkloadState> batch = new ArrayList<>();
        for (int i = 0; i < workloads; i++) {
            WorkloadFinding[] findings = IntStream.range(0, OF_EACH)
                    .map(_ -> {
                        int one = random.nextInt(40);
                        int other = random.nextInt(40);
                        return Math.min(one, other);
                    })
                    .mapToObj(check -> Running.finding(
                            "check-" + check,
                            check % 3 == 0 ? "enforce" : "warn",
                            SEVERITIES.get(check % SEVERITIES.size()),
                            random.nextInt(50) == 0 ? "sre/leave" : null))
                    .toArray(WorkloadFinding[]::new);
            batch.add(Running.deployment(
                    "team-" + i % 100, "web-" + random.nextInt(workloads), Sample.NOON.plusSeconds(i), findings));
            if (batch.size() == 500) {
                new Workloads(database).replace("c1", batch, List.of());
                batch.clear();
            }
        }
        new Workloads(database).replace("c1", batch, List.of());
    }

    private static void results(Results results) {
        Map<String, WorkloadFilter> filters = new LinkedHashMap<>();
        filters.put("all", Running.ALL);
        filters.put("a frequent check", only(null, "check-1"));
        filters.put("a rare check", only(null, "check-39"));
        filters.put("a namespace", only("team-9", null));
        for (ResultOrder.By by : ResultOrder.By.values()) {
            for (boolean descending : new boolean[] {false, true}) {
                ResultOrder order = new ResultOrder(by, descending);
                filters.forEach((name, filter) ->
                        measure(results, (descending ? "-" : "") + by.id() + ", " + name, Sight.ALL, filter, order));
                measure(results, by.id() + ", as far as a team sees", TEAM, Running.ALL, order);
            }
        }
    }

    /** Texts that occur often, rarely and never. */
    private static void workloads(Workloads workloads) {
        for (String text : List.of("web", "web-77", "nothing")) {
            for (WorkloadOrder.By by : WorkloadOrder.By.values()) {
                WorkloadOrder order = new WorkloadOrder(by, true);
                tell(
                        "workloads by " + by.id() + ", with " + text,
                        () -> workloads.list(Sight.ALL, Running.ALL.containing(text), order, null, 100));
            }
        }
    }

    private static WorkloadFilter only(@Nullable String namespace, @Nullable String check) {
        return new WorkloadFilter(null, namespace, null, null, check, null, null);
    }

    /** Pages one after the other; from the beginning again after the last. */
    private static void measure(Results results, String name, Sight sight, WorkloadFilter filter, ResultOrder order) {
        double[] millis = new double[PAGES];
        List<Object> after = null;
        int found = 0;
        for (int i = 0; i < PAGES; i++) {
            long start = System.nanoTime();
            ResultPage page = results.page(sight, new ResultFilter(filter, false, null), order, after, 100);
            millis[i] = (System.nanoTime() - start) / 1e6;
            found += page.results().size();
            after = Cursor.keys(page.next(), order.keyset());
        }
        tell(name, millis, found);
    }

    private static void tell(String name, Runnable asked) {
        double[] millis = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            asked.run();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        tell(name, millis, TIMES);
    }

    private static void tell(String name, double[] millis, int count) {
        double first = millis[0];
        Arrays.sort(millis);
        System.out.printf(
                "%-40s %8.1f %8.1f %8.1f %6d%n",
                name, first, millis[millis.length / 2], millis[millis.length - 1], count);
    }
}
