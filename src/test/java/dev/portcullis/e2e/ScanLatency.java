package dev.portcullis.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How much longer admission takes while the cluster is looked at: 100 reviews a second to one process that scans 10,000 pods
 * of 2,000 Deployments again and again, since its policy changes, and to the same one while it rests. With {@code apart} one
 * process decides and another looks, as in a cluster. See docs/performance.md.
 */
final class ScanLatency {
    private static final int RATE = 100;
    private static final Duration REST = Duration.ofSeconds(30);

    private static final int WARM_UP = 5_000;
    private static final String REVIEW =
            Reviews.review(LiveResources.SHOP, LiveResources.podJson("p", true, false, ""));

    private ScanLatency() {}

    public static void main(String[] args) throws Exception {
        try (ControlPlane controlPlane = BinaryControlPlane.start(Path.of(System.getenv("KUBEBUILDER_ASSETS")))) {
            Path kubeconfig = GateAccess.grant(controlPlane, List.of(LiveResources.SHOP));
            GateAccess.grantScan(controlPlane);
            ReportDefinitions.OPENREPORTS.install(controlPlane);
            profile(controlPlane, "hardened");
            ManyWorkloads.make(controlPlane, Integer.getInteger("portcullis.large", 2_000), 5);
            String[] scanning = {
                "--kubeconfig",
                kubeconfig.toString(),
                "--portcullis.namespace=portcullis",
                "--portcullis.scan.enabled=true"
            };
            if (args.length > 0 && args[0].equals("apart")) {
                try (PortcullisProcess gate = start(
                                controlPlane,
                                "--kubeconfig",
                                kubeconfig.toString(),
                                "--portcullis.namespace=portcullis",
                                "--portcullis.roles=gate");
                        PortcullisProcess console = start(controlPlane, with(scanning, "--portcullis.roles=console"))) {
                    compare(controlPlane, gate, console);
                }
            } else {
                try (PortcullisProcess both = start(controlPlane, scanning)) {
                    compare(controlPlane, both, both);
                }
            }
        }
    }

    private static String[] with(String[] flags, String flag) {
        return Stream.concat(Stream.of(flags), Stream.of(flag)).toArray(String[]::new);
    }

    private static PortcullisProcess start(ControlPlane controlPlane, String... flags) {
        return PortcullisProcess.startWithHeap("256m", controlPlane.webhookHost(), flags);
    }

    private static void compare(ControlPlane controlPlane, PortcullisProcess gate, PortcullisProcess console)
            throws Exception {
        try (Reviews reviews = new Reviews(gate)) {
            awaitPasses(console, 1);
            for (int i = 0; i < WARM_UP; i++) {
                reviews.send(REVIEW);
            }
            for (int round = 0; round < 3; round++) {
                tell("at rest", measure(reviews, REST));
                double passes = console.metric("portcullis_scan_pass_seconds_count");
                profile(controlPlane, round % 2 == 0 ? "restricted" : "hardened");
                tell("while the cluster is looked at", measureUntil(reviews, console, passes + 1));
            }
            System.out.printf("looks took %.1f s at most%n", console.metric("portcullis_scan_pass_seconds_max"));
        }
    }

    private static void profile(ControlPlane controlPlane, String profile) {
        controlPlane.kubectlWithInput(LiveResources.policy("default", "profile: " + profile), "apply", "-f", "-");
    }

    private static void awaitPasses(PortcullisProcess console, double passes) throws InterruptedException {
        while (console.metric("portcullis_scan_pass_seconds_count") < passes) {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static long[] measureUntil(Reviews reviews, PortcullisProcess console, double passes) throws Exception {
        Queue<Long> times = new ConcurrentLinkedQueue<>();
        while (console.metric("portcullis_scan_pass_seconds_count") < passes) {
            for (long time : measure(reviews, Duration.ofSeconds(5))) {
                times.add(time);
            }
        }
        return times.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** By the time at which each was due: one that waits for another is not forgotten. */
    private static long[] measure(Reviews reviews, Duration time) throws InterruptedException {
        Queue<Long> times = new ConcurrentLinkedQueue<>();
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < RATE * time.toSeconds(); i++) {
                long due = begun + i * 1_000_000_000L / RATE;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                threads.execute(() -> {
                    reviews.send(REVIEW);
                    times.add(System.nanoTime() - due);
                });
            }
        }
        return times.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static void tell(String when, long[] sorted) {
        System.out.printf(
                "%s: median %.1f ms, p99 %.1f ms of %d%n",
                when, sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6, sorted.length);
    }
}
