package dev.portcullis.catalogue;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the value of a variable tells about itself. Values come from anybody: every pattern here begins where nothing of its
 * kind stands before it and never goes back, so that it reads a value a fixed number of times.
 */
final class SecretValue {
    private static final Pattern AWS = Pattern.compile("(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])");
    private static final Pattern GITHUB =
            Pattern.compile("(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})");
    private static final Pattern GITLAB =
            Pattern.compile("(?<![A-Za-z0-9_-])gl(?:pat|ptt|dt|rt|cbt)-[A-Za-z0-9_-]{20}");
    private static final Pattern SLACK =
            Pattern.compile("(?<![A-Za-z0-9-])(?:xox[a-z]|xapp)-[A-Za-z0-9-]{10}|hooks\\.slack\\.com/services/T");
    private static final Pattern STRIPE = Pattern.compile("(?<![A-Za-z0-9_])[sr]k_live_[A-Za-z0-9]{16}");
    private static final Pattern JWT =
            Pattern.compile("(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+\\.eyJ[A-Za-z0-9_-]{4,}+\\.[A-Za-z0-9_-]{8}");
    private static final Pattern CONNECTION = Pattern.compile(
            "(?:^|[;?&])\\s?(?:password|pwd|accountkey|sharedaccesskey|sharedaccesssignature)\\s?=\\s?(?<secret>[^;&\\s]{1,4096}+)",
            Pattern.CASE_INSENSITIVE);

    private static final String PEM = "-----BEGIN ";
    private static final String PRIVATE_KEY = "PRIVATE KEY-----";
    private static final int LONGEST_PEM_KIND = 20;

    private static final Set<String> SWITCHES = Set.of("true", "false", "yes", "no", "on", "off", "0", "1");
    private static final Pattern PATH = Pattern.compile(
            "(?:file://)?(?:/[A-Za-z0-9._-]++)(?:/[A-Za-z0-9._-]++)++/?|/[A-Za-z0-9_-]++\\.[a-z]{2,5}|[A-Za-z]:\\\\[^\\r\\n]*+");
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\([A-Za-z0-9_.-]{1,256}\\)|\\$\\{[A-Za-z0-9_.:?-]{1,256}\\}");

    private SecretValue() {}

    /** What kind of secret a value holds, with its article; null where none is seen. */
    static @Nullable String kind(String value) {
        if (holdsPrivateKey(value)) {
            return "a private key";
        }
        if (holds(value, AWS, "AKIA", "ASIA")) {
            return "an AWS access key";
        }
        if (holds(value, GITHUB, "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_")) {
            return "a GitHub token";
        }
        if (holds(value, GITLAB, "glpat-", "glptt-", "gldt-", "glrt-", "glcbt-")) {
            return "a GitLab token";
        }
        if (holds(value, SLACK, "xox", "xapp-", "hooks.slack.com")) {
            return "a Slack token";
        }
        if (holds(value, STRIPE, "k_live_")) {
            return "a Stripe key";
        }
        if (holds(value, JWT, "eyJ")) {
            return "a JSON Web Token";
        }
        return holdsPassword(value) ? "a password" : null;
    }

    /** Looks for a text that each match begins with first: that is many times faster than the pattern. */
    private static boolean holds(String value, Pattern pattern, String... beginnings) {
        for (String beginning : beginnings) {
            if (value.contains(beginning)) {
                return pattern.matcher(value).find();
            }
        }
        return false;
    }

    /** Whether a value is plainly none, whatever its variable is called: a reference, a switch, the path of a file. */
    static boolean isHarmless(String value) {
        return isReference(value) || isSwitch(value) || PATH.matcher(value).matches();
    }

    /** Whether it only turns something on or off. */
    static boolean isSwitch(String value) {
        return value.length() <= 5 && SWITCHES.contains(value.toLowerCase(Locale.ROOT));
    }

    /** Whether it is put together from other variables when the container starts. */
    static boolean isReference(String value) {
        return REFERENCE.matcher(value).matches();
    }

    private static boolean holdsPrivateKey(String value) {
        for (int at = value.indexOf(PEM); at >= 0; at = value.indexOf(PEM, at + PEM.length())) {
            int from = at + PEM.length();
            String kind =
                    value.substring(from, Math.min(value.length(), from + LONGEST_PEM_KIND + PRIVATE_KEY.length()));
            if (kind.contains(PRIVATE_KEY)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsPassword(String value) {
        boolean assigns = value.indexOf('=') >= 0
                && CONNECTION.matcher(value).results().anyMatch(match -> !isReference(match.group("secret")));
        return assigns || holdsUrlWithPassword(value);
    }

    /** {@code scheme://user:password@host}: the part up to the next slash, question mark, hash or space holds all of it. */
    private static boolean holdsUrlWithPassword(String value) {
        for (int at = value.indexOf("://"); at >= 0; at = value.indexOf("://", at)) {
            int from = at + "://".length();
            int end = from;
            int sign = -1;
            int colon = -1;
            for (; end < value.length() && "/?# \t\r\n\"'".indexOf(value.charAt(end)) < 0; end++) {
                char c = value.charAt(end);
                sign = c == '@' ? end : sign;
                colon = c == ':' && colon < 0 ? end : colon;
            }
            boolean digest = value.startsWith("@sha256:", sign);
            if (colon >= 0 && sign > colon + 1 && !digest && !isReference(value.substring(colon + 1, sign))) {
                return true;
            }
            at = end;
        }
        return false;
    }
}
