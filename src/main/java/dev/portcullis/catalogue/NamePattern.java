package dev.portcullis.catalogue;

import java.util.List;

/** Names with {@code *} for any run of characters. Linear in the text for each star, whatever the pattern. */
final class NamePattern {
    private NamePattern() {}

    /** Whether a path matches any of the patterns and has no way out of them: no {@code .}, {@code ..} or empty step. */
    static boolean matchesPath(List<String> patterns, String path) {
        return !path.contains("//")
                && !(path + "/").contains("/./")
                && !(path + "/").contains("/../")
                && patterns.stream().anyMatch(pattern -> matches(pattern, path));
    }

    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
