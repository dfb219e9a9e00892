package dev.portcullis.profile.check;

import dev.portcullis.profile.Needs;
import dev.portcullis.workload.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What an AppArmor profile forbids of what a container evidently needs. It is read as far as rules for capabilities, sockets and
 * files go; what an include may allow counts as allowed.
 */
final class AppArmorFit {
    /** With these flags what no rule allows is allowed all the same, logged or not. */
    private static final Pattern OPEN =
            Pattern.compile("(?:^|[\\s,])(?:complain|unconfined|default_allow|prompt)(?:$|[\\s,])");

    /** What is known to allow none of what is asked for here. */
    private static final Pattern HARMLESS = Pattern.compile("#?include\\s+<(?:abstractions/base|tunables/.*)>");

    private static final Pattern RULE = Pattern.compile(
            "((?:(?:priority\\s*=\\s*-?\\d+|audit|quiet|access|deny|allow|prompt|owner|other)\\s+)*)"
                    + "(?:(capability|network|file|all)(?=\\s|\\(|$))?\\s*(.*)",
            Pattern.DOTALL);

    private static final Pattern DENY = Pattern.compile("\\bdeny\\b");

    private static final Pattern FILE = Pattern.compile(
            "(?:([rwaklmxiuUpPcCd]+)\\s+)?(\"[^\"]*\"|[/@]\\S*)(?:\\s+([rwaklmxiuUpPcCd]+))?(?:\\s+->.*)?",
            Pattern.DOTALL);

    /** A program that listens does so on either. */
    private static final List<String> FAMILIES = List.of("inet", "inet6");

    private static final Pattern VARIABLE = Pattern.compile("@\\{[^}]*\\}");

    private boolean open;
    private boolean allCapabilities;
    private boolean noCapabilities;
    private boolean allFiles;
    private boolean noFiles;
    private final List<String> capabilities = new ArrayList<>();
    private final List<String> deniedCapabilities = new ArrayList<>();
    private final List<SocketRule> sockets = new ArrayList<>();
    private final List<SocketRule> deniedSockets = new ArrayList<>();
    private final List<Pattern> written = new ArrayList<>();
    private final List<Pattern> deniedWrites = new ArrayList<>();

    /** @param flags of the profile, apart by spaces or commas */
    AppArmorFit(String flags) {
        this.open = OPEN.matcher(flags).find();
    }

    /** Something in it may allow what no rule that is read allows: an include, or a block. */
    void leaveOpen() {
        open = true;
    }

    /** Takes a rule into account, or an include. */
    void rule(String written) {
        String text = written.strip();
        if (text.startsWith("include") || text.startsWith("#include")) {
            open |= !HARMLESS.matcher(text).matches();
            return;
        }
        Matcher rule = RULE.matcher(text);
        if (!rule.matches()) {
            return;
        }
        boolean deny = DENY.matcher(rule.group(1)).find();
        String rest = rule.group(3).strip();
        switch (rule.group(2) == null ? "" : rule.group(2)) {
            case "capability" -> capability(rest, deny);
            case "network" -> (deny ? deniedSockets : sockets).add(SocketRule.of(rest));
            case "all" -> {
                capability("", deny);
                (deny ? deniedSockets : sockets).add(SocketRule.ALL);
                everyFile(deny);
            }
            case "file" -> {
                if (rest.isEmpty()) {
                    everyFile(deny);
                } else {
                    file(rest, deny);
                }
            }
            default -> file(rest, deny);
        }
    }

    private void everyFile(boolean deny) {
        allFiles |= !deny;
        noFiles |= deny;
    }

    private void capability(String names, boolean deny) {
        allCapabilities |= names.isEmpty() && !deny;
        noCapabilities |= names.isEmpty() && deny;
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
            open |= !deny;
            return;
        }
        try {
            (deny ? deniedWrites : written).add(Pattern.compile(regex(path), Pattern.DOTALL));
        } catch (PatternSyntaxException notUnderstood) {
            open |= !deny;
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
                boolean allowed = allCapabilities || capabilities.contains(name) || open;
                if (!allowed || noCapabilities || deniedCapabilities.contains(name)) {
                    forbidden.add("its capability " + name);
                }
            }
        }
        for (Port port : needs.ports()) {
            if (FAMILIES.stream().noneMatch(family -> mayListen(family, port.protocol()))) {
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

    private boolean mayListen(String family, String protocol) {
        String type = protocol.equals("udp") ? "dgram" : "stream";
        boolean accepts = type.equals("stream");
        List<SocketRule> about =
                sockets.stream().filter(rule -> rule.isAbout(family, type)).toList();
        return (open || SocketRule.letListen(about, accepts))
                && deniedSockets.stream()
                        .noneMatch(rule -> rule.isAbout(family, type) && rule.keepsFromListening(accepts));
    }

    private boolean mayAllow(String path) {
        return allFiles
                || open
                || written.stream().anyMatch(rule -> rule.matcher(path).matches());
    }

    private boolean isDenied(String path) {
        return noFiles
                || deniedWrites.stream().anyMatch(rule -> rule.matcher(path).matches());
    }
}
