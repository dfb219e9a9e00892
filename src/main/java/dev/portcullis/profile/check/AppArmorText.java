package dev.portcullis.profile.check;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a text of AppArmor profiles apart into profiles and their rules, as apparmor.d(5) has them. */
final class AppArmorText {
    private static final Pattern HEAD = Pattern.compile("^[ \\t]*profile\\s+", Pattern.MULTILINE);
    private static final Pattern BLOCK =
            Pattern.compile("profile\\s|hat\\s|\\^|if\\s|else\\b|audit\\b|deny\\b|allow\\b|quiet\\b|owner\\b");
    private static final Pattern INCLUDE = Pattern.compile("include\\b");

    /** Far beyond what AppArmor's parser takes. */
    private static final int LONGEST_RULE = 1 << 15;

    private static final int DEEPEST = 16;

    private final String text;
    private int at;
    private int depth;

    private AppArmorText(String text) {
        this.text = text;
    }

    /** The profiles of a text, by their names; those within others are theirs. */
    static Map<String, AppArmorFit> read(String text) {
        Map<String, AppArmorFit> profiles = new HashMap<>();
        AppArmorText reading = new AppArmorText(text);
        Matcher head = HEAD.matcher(text);
        while (head.find(reading.at)) {
            reading.at = head.end();
            String name = reading.name();
            int begun = reading.at;
            if (reading.findsBody()) {
                AppArmorFit fit = new AppArmorFit(flags(text.substring(begun, reading.at)));
                reading.at++;
                reading.body(fit);
                profiles.put(name, fit);
            }
        }
        return profiles;
    }

    private String name() {
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        int end = quoted ? at + 1 : at;
        while (end < text.length() && (quoted ? text.charAt(end) != '"' : " \t\r\n{(".indexOf(text.charAt(end)) < 0)) {
            end++;
        }
        String name = text.substring(quoted ? at + 1 : at, end);
        at = Math.min(text.length(), quoted ? end + 1 : end);
        return name;
    }

    /** Goes to the brace that begins the rules; those of globs stand within words. */
    private boolean findsBody() {
        for (int nested = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean word = !Character.isWhitespace(text.charAt(at - 1)) && text.charAt(at - 1) != ')';
            if (c == '"') {
                skipQuoted();
            } else if (c == '{' && nested == 0 && (!word || begins(at))) {
                return true;
            } else if (c == '{' || c == '(') {
                nested++;
            } else if (c == '}' || c == ')') {
                nested--;
            } else if (c == ',' && nested <= 0) {
                return false;
            }
        }
        return false;
    }

    /** Whether a line ends behind a brace. */
    private boolean begins(int brace) {
        int end = text.indexOf('\n', brace);
        return text.substring(brace + 1, end < 0 ? text.length() : end).isBlank();
    }

    /** What stands in parentheses, but for {@code xattrs=(…)}. */
    private static String flags(String head) {
        StringBuilder flags = new StringBuilder();
        for (int open = head.indexOf('('); open >= 0; open = head.indexOf('(', open + 1)) {
            int close = head.indexOf(')', open);
            String before = head.substring(0, open).stripTrailing();
            if (close >= 0
                    && (!before.endsWith("=")
                            || before.substring(0, before.length() - 1)
                                    .stripTrailing()
                                    .endsWith("flags"))) {
                flags.append(' ').append(head, open + 1, close);
            }
        }
        return flags.toString();
    }

    private void skipQuoted() {
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            at += text.charAt(at) == '\\' ? 1 : 0;
        }
    }

    /** Reads rules up to the brace that ends the profile, and goes behind it. */
    private void body(AppArmorFit fit) {
        StringBuilder rule = new StringBuilder();
        int nested = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                rule.append(c).append(text.charAt(++at));
            } else if (c == '"') {
                int begun = at;
                skipQuoted();
                rule.append(text, begun, Math.min(text.length(), at + 1));
            } else if (c == '#' && isComment()) {
                String comment = comment();
                if (comment.startsWith("#include")) {
                    fit.rule(comment);
                }
            } else if (c == '\n' && INCLUDE.matcher(rule).lookingAt()) {
                fit.rule(take(rule));
            } else if (c == ',' && nested == 0) {
                fit.rule(take(rule));
            } else if (c == '{' && nested == 0 && beginsBlock(rule)) {
                block(fit, take(rule).strip());
            } else if (c == '}' && nested == 0) {
                at++;
                return;
            } else if (!rule.isEmpty() || !Character.isWhitespace(c)) {
                nested += c == '{' || c == '(' ? 1 : c == '}' || c == ')' ? -1 : 0;
                rule.append(c);
            }
            if (rule.length() > LONGEST_RULE) {
                fit.leaveOpen();
                rule.setLength(0);
            }
        }
    }

    /** Braces of globs stand within words. */
    private boolean beginsBlock(CharSequence rule) {
        return rule.isEmpty()
                || (Character.isWhitespace(text.charAt(at - 1))
                        && BLOCK.matcher(rule).lookingAt());
    }

    private static String take(StringBuilder rule) {
        String taken = rule.toString();
        rule.setLength(0);
        return taken;
    }

    /** Profiles within are of other programs; what other blocks hold may or may not count. */
    private void block(AppArmorFit fit, String before) {
        at++;
        if (++depth > DEEPEST) {
            at = text.length();
            fit.leaveOpen();
        }
        body(new AppArmorFit(""));
        depth--;
        at--;
        if (!before.startsWith("profile") && !before.startsWith("hat") && !before.startsWith("^")) {
            fit.leaveOpen();
        }
    }

    private boolean isComment() {
        return at == 0 || Character.isWhitespace(text.charAt(at - 1));
    }

    /** Goes to the last character before the line's end. */
    private String comment() {
        int end = text.indexOf('\n', at);
        String comment = text.substring(at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end - 1;
        return comment;
    }
}
