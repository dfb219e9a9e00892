package dev.portcullis.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes minor version whose Pod Security Standards are meant, as {@code pod-security-admission} writes it:
 * {@code v1.30} or {@code latest}.
 *
 * @param minor the minor number, {@link Integer#MAX_VALUE} for latest
 */
public record KubernetesVersion(int minor) implements Comparable<KubernetesVersion> {
    /** Whatever is newest. */
    public static final KubernetesVersion LATEST = new KubernetesVersion(Integer.MAX_VALUE);

    /** The newest whose standards are known; a newer one would be judged like this one until they are. */
    public static final KubernetesVersion NEWEST_KNOWN = new KubernetesVersion(36);

    private static final Pattern FORM = Pattern.compile("v1\\.(0|[1-9][0-9]{0,8})");

    /**
     * Reads {@code v1.N} or {@code latest}.
     *
     * @throws IllegalArgumentException where the text is neither
     */
    public static KubernetesVersion parse(String text) {
        if (text.equals("latest")) {
            return LATEST;
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("a version is latest or v1.N, such as v1.36");
        }
        return new KubernetesVersion(Integer.parseInt(form.group(1)));
    }

    /** Whether this is 1.{@code other} or newer. */
    public boolean atLeast(int other) {
        return minor >= other;
    }

    @Override
    public int compareTo(KubernetesVersion other) {
        return Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return minor == Integer.MAX_VALUE ? "latest" : "v1." + minor;
    }
}
