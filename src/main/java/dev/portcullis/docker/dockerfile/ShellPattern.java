package dev.portcullis.docker.dockerfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The patterns of {@code ${x#pattern}}, {@code ${x%pattern}} and {@code ${x/pattern/text}}. A pattern may have two stars and a
 * value {@value #LONGEST} characters, so that trying all places costs a bounded time.
 */
final class ShellPattern {
    static final int LONGEST = 128;
    private static final int MOST_STARS = 2;

    private ShellPattern() {}

    static String trim(String pattern, String value, boolean longest, boolean atEnd) throws Misread {
        Matcher matcher = Pattern.compile(
                        "^" + regex(atEnd ? reversed(pattern) : pattern, longest, value), Pattern.UNIX_LINES)
                .matcher(atEnd ? reverse(value) : value);
        if (!matcher.find()) {
            return value;
        }
        String left = (atEnd ? reverse(value) : value).substring(matcher.end());
        return atEnd ? reverse(left) : left;
    }

    static String replace(String pattern, String value, String replacement, boolean all) throws Misread {
        Matcher matcher =
                Pattern.compile(regex(pattern, true, value), Pattern.UNIX_LINES).matcher(value);
        if (!all) {
            return matcher.replaceFirst(Matcher.quoteReplacement(replacement));
        }
        if (replacement.contains("$") || pattern.replace("*", "").isEmpty()) {
            throw Misread.beyond("this replacement is not read here", "write the value out");
        }
        return matcher.replaceAll(Matcher.quoteReplacement(replacement));
    }

    private static String regex(String pattern, boolean longest, String value) throws Misread {
        StringBuilder regex = new StringBuilder();
        int stars = 0;
        for (int at = 0; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            boolean last = at + 1 == pattern.length();
            switch (c) {
                case '*' -> {
                    stars++;
                    regex.append(longest ? ".*" : ".*?");
                }
                case '?' -> regex.append('.');
                case '\\' -> {
                    if (!last && (pattern.charAt(at + 1) == '}' || pattern.charAt(at + 1) == '/')) {
                        continue;
                    }
                    if (last || "*?\\".indexOf(pattern.charAt(at + 1)) < 0) {
                        throw new Misread("invalid escape in a pattern", "escape only *, ?, \\, } and /");
                    }
                    at++;
                    regex.append('\\').append(pattern.charAt(at));
                }
                default -> {
                    if ("[]{}.+()|^$".indexOf(c) >= 0) {
                        regex.append('\\');
                    }
                    regex.append(c);
                }
            }
        }
        if (stars > MOST_STARS || value.length() > LONGEST) {
            throw Misread.beyond("this pattern is not read here", "write the value out");
        }
        return regex.toString();
    }

    private static String reverse(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    /** Backwards, but escapes stay before what they escape. */
    private static String reversed(String pattern) {
        StringBuilder reversed = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            int length = pattern.charAt(at) == '\\' && at + 1 < pattern.length()
                    ? 1 + Character.charCount(pattern.codePointAt(at + 1))
                    : Character.charCount(pattern.codePointAt(at));
            reversed.insert(0, pattern, at, at + length);
            at += length;
        }
        return reversed.toString();
    }
}
