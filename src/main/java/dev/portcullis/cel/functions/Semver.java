package dev.portcullis.cel.functions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A semantic version. The numbers are unsigned; what is built from has no part in comparisons and is left out.
 *
 * @param preRelease the identifiers after the hyphen; numeric ones have no leading zeros
 */
record Semver(long major, long minor, long patch, List<String> preRelease) implements Comparable<Semver> {
    private static final int PARTS = 3;

    static Semver parse(String text, boolean normalize) {
        Semver version = read(text, normalize);
        if (version == null) {
            throw new IllegalArgumentException("'" + text + "' is no semantic version: write one such as 1.2.3-rc.1");
        }
        return version;
    }

    static @Nullable Semver read(String text, boolean normalize) {
        String version = normalize ? normalized(text) : text;
        String[] parts = version.split("\\.", PARTS);
        if (parts.length < PARTS) {
            return null;
        }
        String rest = parts[2];
        int plus = rest.indexOf('+');
        String unbuilt = plus < 0 ? rest : rest.substring(0, plus);
        int hyphen = unbuilt.indexOf('-');
        String patch = hyphen < 0 ? unbuilt : unbuilt.substring(0, hyphen);
        List<String> preRelease = hyphen < 0 ? List.of() : identifiers(unbuilt.substring(hyphen + 1));
        List<String> build = plus < 0 ? List.of() : identifiers(rest.substring(plus + 1));
        boolean valid = isNumber(parts[0])
                && isNumber(parts[1])
                && isNumber(patch)
                && build.stream().allMatch(Semver::isIdentifier)
                && preRelease.stream().allMatch(id -> isNumeric(id) ? isNumber(id) : isIdentifier(id));
        return valid ? new Semver(number(parts[0]), number(parts[1]), number(patch), preRelease) : null;
    }

    @Override
    public int compareTo(Semver other) {
        int numbers = Long.compareUnsigned(major, other.major);
        numbers = numbers != 0 ? numbers : Long.compareUnsigned(minor, other.minor);
        numbers = numbers != 0 ? numbers : Long.compareUnsigned(patch, other.patch);
        if (numbers != 0) {
            return numbers;
        }
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        }
        int common = Math.min(preRelease.size(), other.preRelease.size());
        for (int i = 0; i < common; i++) {
            int order = compareIdentifiers(preRelease.get(i), other.preRelease.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(preRelease.size(), other.preRelease.size());
    }

    private static int compareIdentifiers(String one, String two) {
        if (isNumeric(one) && isNumeric(two)) {
            return Long.compareUnsigned(number(one), number(two));
        }
        return isNumeric(one) == isNumeric(two) ? one.compareTo(two) : isNumeric(one) ? -1 : 1;
    }

    /** Without a leading v and leading zeros, and with a minor and a patch version. */
    private static String normalized(String text) {
        String[] parts = (text.startsWith("v") ? text.substring(1) : text).split("\\.", PARTS);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = withoutLeadingZeros(parts[i]);
        }
        String last = parts[parts.length - 1];
        boolean complete = parts.length == PARTS || last.indexOf('+') >= 0 || last.indexOf('-') >= 0;
        return String.join(".", parts) + (complete ? "" : ".0".repeat(PARTS - parts.length));
    }

    private static String withoutLeadingZeros(String part) {
        int start = 0;
        while (start < part.length() - 1 && part.charAt(start) == '0' && isDigit(part.charAt(start + 1))) {
            start++;
        }
        return part.length() > 1 && !isDigit(part.charAt(0)) ? "0" + part : part.substring(start);
    }

    private static List<String> identifiers(String text) {
        return List.of(text.split("\\.", -1));
    }

    private static boolean isIdentifier(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isDigit(c) || isLetter(c) || c == '-');
    }

    /** An unsigned number of 64 bits without leading zeros. */
    private static boolean isNumber(String text) {
        boolean leadingZero = text.length() > 1 && text.charAt(0) == '0';
        if (text.isEmpty() || text.length() > 20 || !isNumeric(text) || leadingZero) {
            return false;
        }
        try {
            number(text);
            return true;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static boolean isNumeric(String text) {
        return text.chars().allMatch(Semver::isDigit);
    }

    private static long number(String text) {
        return Long.parseUnsignedLong(text);
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
