package dev.portcullis.profile;

import dev.portcullis.check.Words;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.ImageReference;
import dev.portcullis.workload.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A profile's name: letters, digits and {@code . _ -}, so that it means the same to AppArmor, to a shell, as a file's name and in
 * a pod. AppArmor takes a name that starts with {@code /} as a program's path, {@code //} as a child, and {@code :} as a namespace.
 */
public record ProfileName(String text) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
    private static final Pattern NOT_OF_LABELS = Pattern.compile("[^a-z0-9-]+");
    private static final int LONGEST_LABEL = 63;

    /** What engines and runtimes load, and run in, themselves: a profile of that name would take their place. */
    private static final Set<String> TAKEN = Set.of(
            "unconfined",
            "docker-default",
            "cri-containerd.apparmor.d",
            "containerd-default",
            "crio-default",
            "runc",
            "crun");

    /**
     * A name that somebody gave.
     *
     * @param where the place it was given at
     */
    public static ProfileName of(String where, String name) throws ProfileException {
        if (!PLAIN.matcher(name).matches()) {
            throw new ProfileException(
                    where,
                    "is " + Words.value(name),
                    "use letters, digits and . _ - alone, 200 at most, the first one a letter or digit");
        }
        if (TAKEN.contains(name) || name.startsWith("containers-default-")) {
            throw new ProfileException(
                    where,
                    "is " + Words.value(name) + ", which engines use for a profile of their own",
                    "choose another");
        }
        return new ProfileName(name);
    }

    /** The name of a container's profile where nobody gave one: {@code shop-web-app}. */
    public static ProfileName of(Subject subject, Container container) throws ProfileException {
        String image = container.image().effective();
        String name = joined(subject.namespace(), subject.name(), container.name());
        if (name.isEmpty() && image != null) {
            name = ImageReference.parse(image)
                    .map(reference -> reference
                            .repository()
                            .substring(reference.repository().lastIndexOf('/') + 1))
                    .orElse("");
        }
        if (name.isEmpty()) {
            throw new ProfileException(subject.display(), "has no name to call its profile by", "give one with --name");
        }
        return of("the name made for the profile of " + subject.display(), name);
    }

    private static String joined(@Nullable String... parts) {
        return Stream.of(parts)
                .filter(part -> part != null && !part.isEmpty())
                .distinct()
                .collect(Collectors.joining("-"));
    }

    /** The same as a Kubernetes object is called: a label of DNS. */
    public String objectName() {
        List<String> words = Stream.of(NOT_OF_LABELS.split(text.toLowerCase(Locale.ROOT), -1))
                .filter(word -> !word.isEmpty())
                .toList();
        String label = String.join("-", words);
        String cut = label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL);
        return cut.replaceAll("^-+|-+$", "");
    }

    @Override
    public String toString() {
        return text;
    }
}
