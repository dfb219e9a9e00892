package dev.portcullis.profile.check;

import dev.portcullis.profile.Needs;
import dev.portcullis.workload.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What an AppArmor profile forbids of what a container evidently needs. It is read as far as rules for capabilities, sockets and
 * files go; what an include may allow counts as allowed.
 */
final class AppArmorFit {
    private static final Pattern PROFILE =
            Pattern.compile("^\\s*profile\\s+\"?([^\\s\"{(]+)\"?[^{\\n]*\\{\\s*$", Pattern.MULTILINE);

    /** What is known to allow none of what is asked for here. */
    private static final Pattern HARMLESS = Pattern.compile("#?include\\s+<(?:abstractions/base|tunables/.*)>");

    private static final Pattern RULE = Pattern.compile(
            "(?:audit\\s+)?(deny\\s+|allow\\s+)?(?:owner\\s+)?(capability|network|file)?\\s*(.*)", Pattern.DOTALL);

    private static final Pattern FILE =
            Pattern.compile("(?:([a-zA-Z]+)\\s+)?(\"[^\"]*\"|[/@]\\S*)(?:\\s+([a-zA-Z]+))?(?:\\s+->.*)?");

    private static final Pattern VARIABLE = Pattern.compile("@\\{[A-Za-z_]+\\}");

    private final boolean complain;
    private boolean includes;
    private boolean allCapabilities;
    private boolean allFiles;
    private final List<String> capabilities = new ArrayList<>();
    private final List<String> deniedCapabilities = new ArrayList<>();
    private final List<String> sockets = new ArrayList<>();
    private final List<String> deniedSockets = new ArrayList<>();
    private final List<Pattern> written = new ArrayList<>();
    private final List<Pattern> deniedWrites = new ArrayList<>();

    private AppArmorFit(boolean complain) {
        this.complain = complain;
    }

    /** The profiles of a text, by their names; those within others are theirs. */
    static Map<String, AppArmorFit> read(String text) {
        Map<String, AppArmorFit> profiles = new HashMap<>();
        Matcher head = PROFILE.matcher(text);
        int from = 0;
        while (head.find(from)) {
            AppArmorFit fit = new AppArmorFit(head.group().contains("complain"));
            from = fit.body(text, head.end());
            profiles.put(head.group(1), fit);
        }
        return profiles;
    }

    /** Reads rules up to the brace that ends the profile; where that is. */
    private int body(String text, int start) {
        StringBuilder rule = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                rule.append(c).append(text.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
                rule.append(c);
            } else if (quoted) {
                rule.append(c);
            } else if (c == '#' && (i == 0 || Character.isWhitespace(text.charAt(i - 1)))) {
                int end = text.indexOf('\n', i);
                String comment = text.substring(i, end < 0 ? text.length() : end);
                if (comment.startsWith("#include")) {
                    rule(comment);
                }
                i = end < 0 ? text.length() : end - 1;
            } else if (c == '\n' && rule.toString().strip().startsWith("include")) {
                rule(rule.toString());
                rule.setLength(0);
            } else if (c == ',' && depth == 0) {
                rule(rule.toString());
                rule.setLength(0);
            } else if (c == '}' && depth == 0) {
                return i + 1;
            } else {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                rule.append(c);
            }
        }
        return text.length();
    }

    private void rule(String written) {
        String text = written.strip();
        if (text.startsWith("include") || text.startsWith("#include")) {
            includes |= !HARMLESS.matcher(text).matches();
            return;
        }
        Matcher rule = RULE.matcher(text);
        if (!rule.matches()) {
            return;
        }
        boolean deny = rule.group(1) != null && rule.group(1).startsWith("deny");
        String rest = rule.group(3).strip();
        switch (rule.group(2) == null ? "" : rule.group(2)) {
            case "capability" -> capability(rest, deny);
            case "network" -> (deny ? deniedSockets : sockets).add(rest);
            case "file" -> {
                allFiles |= rest.isEmpty() && !deny;
                file(rest, deny);
            }
            default -> file(rest, deny);
        }
    }

    private void capability(String names, boolean deny) {
        allCapabilities |= names.isEmpty() && !deny;
        for (String name : names.split("\\s+", -1)) {
            (deny ? deniedCapabilities : capabilities).add(name);
        }
    }

    private void file(String rule, boolean deny) {
        Matcher parts = FILE.matcher(rule);
        if (!parts.matches()) {
            return;
        }
        String permissions = parts.group(1) == null ? parts.group(3) : parts.group(1);
        if (permissions == null || !(permissions.contains("w") || permissions.contains("a"))) {
            return;
        }
        String path = parts.group(2).replace("\"", "").replace("@{PROC}", "/proc");
        boolean unknown = VARIABLE.matcher(path).find();
        if (unknown) {
            // It may be any path: what it allows may be what is asked for, what it denies most likely is not.
            includes |= !deny;
            return;
        }
        try {
            (deny ? deniedWrites : written).add(Pattern.compile(regex(path), Pattern.DOTALL));
        } catch (PatternSyntaxException notUnderstood) {
            includes |= !deny;
        }
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '\\' -> regex.append(i + 1 < glob.length() ? Pattern.quote(glob.substring(++i, i + 1)) : "");
                case '*' -> {
                    boolean deep = glob.startsWith("**", i);
                    regex.append(deep ? ".*" : "[^/]*");
                    i += deep ? 1 : 0;
                }
                case '?' -> regex.append("[^/]");
                case '{' -> {
                    braces++;
                    regex.append("(?:");
                }
                case '}' -> {
                    braces--;
                    regex.append(')');
                }
                case ',' -> regex.append(braces > 0 ? "|" : ",");
                case '[' -> {
                    int end = glob.indexOf(']', i);
                    regex.append(glob, i, end < 0 ? glob.length() : end + 1);
                    i = end < 0 ? glob.length() : end;
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    List<String> forbidden(Needs needs) {
        List<String> forbidden = new ArrayList<>();
        if (!needs.added().all()) {
            for (String name : needs.added().names()) {
                boolean allowed = allCapabilities || capabilities.contains(name) || isLeftOpen();
                if (!allowed || deniedCapabilities.contains(name)) {
                    forbidden.add("its capability " + name);
                }
            }
        }
        for (Port port : needs.ports()) {
            String type = port.protocol().equals("udp") ? "dgram" : "stream";
            boolean allowed = isLeftOpen() || sockets.stream().anyMatch(rule -> covers(rule, type));
            if (!allowed || deniedSockets.stream().anyMatch(rule -> covers(rule, type))) {
                forbidden.add("listening on " + port.number() + "/" + port.protocol());
            }
        }
        for (Needs.Place place : needs.places()) {
            String below = place.path() + (place.path().endsWith("/") ? "x" : "/x");
            // What is mounted may be a file, of which there is nothing below.
            boolean allowed = mayAllow(below) || mayAllow(place.path());
            if (place.writable() && (!allowed || isDenied(below))) {
                forbidden.add("writing to " + place.path());
            }
        }
        return forbidden.stream().distinct().toList();
    }

    /** Whether what no rule allows may be allowed all the same: by an include, or since it is only logged. */
    private boolean isLeftOpen() {
        return includes || complain;
    }

    private boolean mayAllow(String path) {
        return allFiles
                || isLeftOpen()
                || written.stream().anyMatch(rule -> rule.matcher(path).matches());
    }

    private boolean isDenied(String path) {
        return deniedWrites.stream().anyMatch(rule -> rule.matcher(path).matches());
    }

    /** Whether a rule for sockets is about IP's of a type: all, a family's, a type's or a protocol's. */
    private static boolean covers(String rule, String type) {
        for (String word : rule.split("\\s+", -1)) {
            boolean fits = switch (word) {
                case "", "inet", "inet6" -> true;
                case "tcp" -> type.equals("stream");
                case "udp" -> type.equals("dgram");
                default -> word.equals(type);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
