package dev.portcullis.catalogue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Generated pods, each to be judged at one level and at several versions; the same seed gives the same cases. */
final class PodSecurityCases {

    /**
     * One pod and how it is to be judged.
     *
     * @param boundary a minor at which the standards changed
     * @param versions the one before the boundary, the boundary, and any others
     */
    record Case(int number, ObjectNode pod, String level, int boundary, List<String> versions) {}

    static final String LATEST = "latest";

    /** Minors at which some check was added or changed. */
    static final List<Integer> BOUNDARIES = List.of(8, 19, 22, 23, 25, 27, 29, 31, 32, 34, 35);

    private static final int NEWEST = 36;
    private static final int VERSIONS_PER_POD = 9;

    /** Every version that the standards have. */
    static final List<String> VERSIONS = Stream.concat(
                    Stream.iterate(0, minor -> minor <= NEWEST, minor -> minor + 1)
                            .map(PodSecurityCases::version),
                    Stream.of(LATEST))
            .toList();

    private PodSecurityCases() {}

    static Stream<Case> of(long seed, int pods) {
        var random = new SplittableRandom(seed);
        var generator = new PodGenerator(random);
        var draw = new Draw(random);
        return Stream.iterate(0, number -> number < pods, number -> number + 1)
                .map(number -> next(number, generator, draw));
    }

    private static Case next(int number, PodGenerator generator, Draw draw) {
        var pod = generator.next();
        var level = draw.chance(60) ? "restricted" : "baseline";
        int boundary = draw.oneOf(pod.boundaries().isEmpty() || draw.chance(25) ? BOUNDARIES : pod.boundaries());
        var versions = new LinkedHashSet<>(List.of(version(boundary - 1), version(boundary)));
        while (versions.size() < VERSIONS_PER_POD) {
            versions.add(draw.oneOf(VERSIONS));
        }
        return new Case(number, pod.json(), level, boundary, List.copyOf(versions));
    }

    static String version(int minor) {
        return "v1." + minor;
    }
}
