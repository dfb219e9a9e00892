package dev.portcullis.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How many times as long {@link PolicyBenchmark}'s reviews take by ten policies as by one. Both take turns, many times a second,
 * so that what else the machine does slows both alike; the median of the ratios is told, of the second half of a minute.
 */
public final class PolicyRatio {
    private static final int REVIEWS = 390;
    private static final long NANOSECONDS = 60_000_000_000L;

    private PolicyRatio() {}

    /** Measures for a minute. */
    public static void main(String[] arguments) throws Exception {
        PolicyBenchmark one = benchmark("one");
        PolicyBenchmark ten = benchmark("ten");
        List<Double> ratios = new ArrayList<>();
        long end = System.nanoTime() + NANOSECONDS;
        while (System.nanoTime() < end) {
            double base = time(one);
            ratios.add(time(ten) / base);
        }
        List<Double> warm = ratios.subList(ratios.size() / 2, ratios.size()).stream()
                .sorted()
                .toList();
        System.out.printf("median of %d ratios: %.2f%n", warm.size(), warm.get(warm.size() / 2));
    }

    private static PolicyBenchmark benchmark(String policies) throws Exception {
        PolicyBenchmark benchmark = new PolicyBenchmark();
        benchmark.policies = policies;
        benchmark.put();
        return benchmark;
    }

    private static double time(PolicyBenchmark benchmark) throws Exception {
        long start = System.nanoTime();
        int bytes = 0;
        for (int i = 0; i < REVIEWS; i++) {
            bytes += benchmark.validate().length;
        }
        if (bytes == 0) {
            throw new IOException("nothing was answered");
        }
        return System.nanoTime() - (double) start;
    }
}
