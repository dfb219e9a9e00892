package dev.portcullis.catalogue;

import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Level;
import dev.portcullis.workload.ImageConfig;
import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.ImageKnowledge;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a fixture says about itself in the comments at its top, each line a key and its words:
 *
 * <pre>
 * # levels: restricted:v1.0-v1.34 hardened     where its verdict holds, and nowhere else
 * # also: run-as-user                          the other checks that fail it
 * # parameter: allow=runsc,kata*               what a policy sets for its check; a number, or strings
 * # image: user=app volumes=/data,/log workdir=/srv healthcheck
 *                                              what is known of its images, each word where it applies
 * # digest: sha256:9f86...                     where the tags of its images are known to point
 * </pre>
 *
 * Without {@code levels} the verdict holds wherever a profile asks the check; without {@code image} nothing is known of
 * images, and {@code image: plain} is one that says nothing. Other comments are for readers.
 */
record Header(
        Map<Level, Versions> levels,
        Set<String> also,
        Map<String, Object> parameters,
        @Nullable ImageConfig image,
        @Nullable String digest) {
    private static final Set<String> IMAGE_WORDS = Set.of("user", "volumes", "workdir", "healthcheck", "plain");

    private static final Pattern LINE = Pattern.compile("# ([a-z]+): (.+)");

    /** Minor versions from and to, both included. */
    record Versions(KubernetesVersion from, KubernetesVersion to) {
        static final Versions ALL = new Versions(new KubernetesVersion(0), KubernetesVersion.LATEST);

        boolean include(KubernetesVersion version) {
            return version.compareTo(from) >= 0 && version.compareTo(to) <= 0;
        }

        private static Versions parse(String text) {
            int dash = text.indexOf('-');
            if (dash < 0) {
                throw new IllegalArgumentException("a range of versions is written v1.0-v1.34, not " + text);
            }
            return new Versions(
                    KubernetesVersion.parse(text.substring(0, dash)),
                    KubernetesVersion.parse(text.substring(dash + 1)));
        }
    }

    /** Reads the comments at the top of a text. */
    static Header parse(List<String> lines) {
        Map<Level, Versions> levels = new EnumMap<>(Level.class);
        Set<String> also = new TreeSet<>();
        Map<String, Object> parameters = new TreeMap<>();
        ImageConfig image = null;
        String digest = null;
        for (String line :
                lines.stream().takeWhile(line -> line.startsWith("#")).toList()) {
            Matcher header = LINE.matcher(line);
            if (header.matches()) {
                List<String> words = List.of(header.group(2).split(" "));
                switch (header.group(1)) {
                    case "levels" -> words.forEach(word -> addLevel(word, levels));
                    case "also" -> also.addAll(words);
                    case "parameter" -> words.forEach(word -> addParameter(word, parameters));
                    case "image" -> image = image(words);
                    case "digest" -> digest = words.getFirst();
                    default -> throw new IllegalArgumentException("a fixture has no key " + header.group(1));
                }
            }
        }
        return new Header(levels, also, parameters, image, digest);
    }

    private static ImageConfig image(List<String> words) {
        Map<String, String> said = new HashMap<>();
        for (String word : words) {
            String[] parts = word.split("=", 2);
            if (!IMAGE_WORDS.contains(parts[0])) {
                throw new IllegalArgumentException("an image has no " + parts[0]);
            }
            said.put(parts[0], parts.length == 1 ? "" : parts[1]);
        }
        String volumes = said.get("volumes");
        return new ImageConfig(
                said.get("user"),
                said.containsKey("healthcheck"),
                volumes == null ? List.of() : List.of(volumes.split(",")),
                said.get("workdir"));
    }

    /** What is known of the images that a fixture names; nothing of that of a container set beside its own. */
    ImageKnowledge images() {
        return reference -> Optional.ofNullable(reference.equals(Placement.CLEAN_IMAGE) ? null : image);
    }

    /** Where the tags of its images are known to point. */
    ImageDigests digests() {
        return reference -> Optional.ofNullable(digest);
    }

    private static void addLevel(String word, Map<Level, Versions> levels) {
        String[] parts = word.split(":", 2);
        Level level = Level.valueOf(parts[0].toUpperCase(Locale.ROOT));
        levels.put(level, parts.length == 1 ? Versions.ALL : Versions.parse(parts[1]));
    }

    private static void addParameter(String word, Map<String, Object> parameters) {
        String[] parts = word.split("=", 2);
        Object value = parts[1].matches("[0-9]+") ? Long.valueOf(parts[1]) : List.of(parts[1].split(","));
        parameters.put(parts[0], value);
    }

    /** Whether the verdict holds there. */
    boolean covers(Criterion criterion) {
        Versions versions =
                levels.isEmpty() ? Versions.ALL : levels.get(criterion.profile().level());
        return versions != null && versions.include(criterion.version());
    }
}
