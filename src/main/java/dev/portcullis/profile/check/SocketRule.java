package dev.portcullis.profile.check;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a rule says of sockets, in the words of AppArmor 3 or 4: {@code network (create, bind) inet stream port=80}.
 *
 * @param accesses what may be done; empty for everything
 * @param families of addresses; empty for all
 * @param types of sockets; empty for all
 * @param narrow whether it is about some addresses or ports alone
 */
record SocketRule(Set<String> accesses, Set<String> families, Set<String> types, boolean narrow) {
    private static final Pattern WORDS = Pattern.compile("\\w+\\s*=\\s*(?:\\([^)]*\\)|\\S+)|\\([^)]*\\)|[^\\s,]+");

    /** Which of them a container does that listens, and which only where connections are taken. */
    private static final List<String> LISTENING = List.of("create", "bind");

    private static final List<String> ACCEPTING = List.of("listen", "accept");

    /** Everything about every socket. */
    static final SocketRule ALL = new SocketRule(Set.of(), Set.of(), Set.of(), false);

    /** @param text what stands behind {@code network} */
    static SocketRule of(String text) {
        Set<String> accesses = new TreeSet<>();
        Set<String> families = new TreeSet<>();
        Set<String> types = new TreeSet<>();
        boolean narrow = false;
        Matcher words = WORDS.matcher(text);
        while (words.find()) {
            String word = words.group();
            if (word.startsWith("(")) {
                Arrays.stream(word.substring(1, word.length() - 1).split("[\\s,]+", -1))
                        .filter(access -> !access.isEmpty())
                        .forEach(accesses::add);
            } else if (word.contains("=")) {
                narrow = true;
            } else {
                switch (word) {
                    case "tcp" -> types.add("stream");
                    case "udp" -> types.add("dgram");
                    case "stream", "dgram", "seqpacket", "raw", "rdm", "packet", "icmp", "icmpv6" -> {
                        // The first packet is a family.
                        (word.equals("packet") && families.isEmpty() ? families : types).add(word);
                    }
                    default -> families.add(word);
                }
            }
        }
        return new SocketRule(accesses, families, types, narrow);
    }

    /** Whether it is about sockets of a family and a type. */
    boolean isAbout(String family, String type) {
        return (families.isEmpty() || families.contains(family)) && (types.isEmpty() || types.contains(type));
    }

    /** Whether these, all about the same sockets, let a container listen. */
    static boolean letListen(List<SocketRule> rules, boolean accepts) {
        return needed(accepts).allMatch(access -> rules.stream().anyMatch(rule -> rule.has(access)));
    }

    /** Whether this, where it denies, keeps a container from listening on any address. */
    boolean keepsFromListening(boolean accepts) {
        return !narrow && needed(accepts).anyMatch(this::has);
    }

    private static Stream<String> needed(boolean accepts) {
        return Stream.concat(LISTENING.stream(), accepts ? ACCEPTING.stream() : Stream.of());
    }

    private boolean has(String access) {
        return accesses.isEmpty() || accesses.contains(access);
    }
}
