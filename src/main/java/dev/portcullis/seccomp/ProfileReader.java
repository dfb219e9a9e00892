package dev.portcullis.seccomp;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Printable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads profiles strictly: what is spelt in another way, or stands twice, is refused, since engines would take it or pass over it
 * in ways of their own.
 */
public final class ProfileReader {
    private static final int LONGEST_QUOTE = 80;
    private static final int MOST_ARGUMENTS = 6;
    private static final int MOST_ERRNO = 4095;
    private static final BigInteger BIGGEST = BigInteger.TWO.pow(Long.SIZE).subtract(BigInteger.ONE);

    private static final Set<String> KEYS = Set.of(
            "defaultAction",
            "defaultErrnoRet",
            "architectures",
            "archMap",
            "flags",
            "listenerPath",
            "listenerMetadata",
            "syscalls");
    private static final Set<String> RULE_KEYS =
            Set.of("names", "name", "action", "errnoRet", "args", "comment", "includes", "excludes");

    private ProfileReader() {}

    /** Reads a JSON text in either form. */
    public static SeccompProfile read(byte[] json) throws UnreadableException, SeccompException {
        return read(Json.read(json));
    }

    /** Reads a JSON value in either form. */
    public static SeccompProfile read(JsonNode root) throws SeccompException {
        object(root, FieldPath.ROOT, KEYS);
        for (String listener : List.of("listenerPath", "listenerMetadata")) {
            if (!text(root.get(listener), FieldPath.ROOT.child(listener)).isEmpty()) {
                throw wrong(
                        FieldPath.ROOT.child(listener),
                        "hands system calls to another process, which may do anything about them",
                        "take it out");
            }
        }
        Action defaultAction = action(root.get("defaultAction"), FieldPath.ROOT.child("defaultAction"));
        List<String> architectures = texts(root.get("architectures"), FieldPath.ROOT.child("architectures"));
        SortedMap<String, List<String>> map = map(root.get("archMap"));
        if (!architectures.isEmpty() && !map.isEmpty()) {
            throw new SeccompException("archMap", "stands beside architectures", "keep one of them");
        }
        List<SyscallRule> rules = new ArrayList<>();
        FieldPath syscalls = FieldPath.ROOT.child("syscalls");
        List<JsonNode> listed = elements(root.get("syscalls"), syscalls);
        for (int i = 0; i < listed.size(); i++) {
            rules.addAll(rules(listed.get(i), syscalls.index(i)));
        }
        return new SeccompProfile(
                defaultAction,
                errno(root.get("defaultErrnoRet"), FieldPath.ROOT.child("defaultErrnoRet")),
                architectures,
                map,
                texts(root.get("flags"), FieldPath.ROOT.child("flags")),
                rules);
    }

    private static List<SyscallRule> rules(JsonNode node, FieldPath path) throws SeccompException {
        object(node, path, RULE_KEYS);
        List<String> names = new ArrayList<>(texts(node.get("names"), path.child("names")));
        String single = text(node.get("name"), path.child("name"));
        if (!single.isEmpty()) {
            if (!names.isEmpty()) {
                throw new SeccompException(path.child("name").field(), "stands beside names", "keep names");
            }
            names.add(single);
        }
        FieldPath args = path.child("args");
        List<ArgumentFilter> filters = new ArrayList<>();
        List<JsonNode> listed = elements(node.get("args"), args);
        if (listed.size() > MOST_ARGUMENTS) {
            throw new SeccompException(args.field(), "has more than six comparisons", "write rules of their own");
        }
        for (int i = 0; i < listed.size(); i++) {
            filters.add(argument(listed.get(i), args.index(i)));
        }
        SyscallRule rule = new SyscallRule(
                List.copyOf(names),
                action(node.get("action"), path.child("action")),
                errno(node.get("errnoRet"), path.child("errnoRet")),
                List.copyOf(filters),
                condition(node.get("includes"), path.child("includes")),
                condition(node.get("excludes"), path.child("excludes")),
                text(node.get("comment"), path.child("comment")));
        // Runtimes make a rule of each comparison where an argument is compared twice: any of them does.
        boolean twice = filters.stream().map(ArgumentFilter::index).distinct().count() < filters.size();
        return twice
                ? filters.stream().map(filter -> rule.where(List.of(filter))).toList()
                : List.of(rule);
    }

    private static ArgumentFilter argument(JsonNode node, FieldPath path) throws SeccompException {
        object(node, path, Set.of("index", "value", "valueTwo", "op"));
        long index = number(node.get("index"), path.child("index"));
        if (index < 0 || index >= MOST_ARGUMENTS) {
            throw new SeccompException(path.child("index").field(), "is " + node.get("index"), "write 0 to 5");
        }
        String op = text(node.get("op"), path.child("op"));
        return new ArgumentFilter(
                (int) index,
                ArgumentFilter.Operator.of(op)
                        .orElseThrow(() -> new SeccompException(
                                path.child("op").field(),
                                "is " + quoted(op),
                                "use SCMP_CMP_EQ, NE, LT, LE, GT, GE or MASKED_EQ")),
                number(node.get("value"), path.child("value")),
                number(node.get("valueTwo"), path.child("valueTwo")));
    }

    private static Condition condition(@Nullable JsonNode node, FieldPath path) throws SeccompException {
        if (node == null || node.isNull()) {
            return Condition.NONE;
        }
        object(node, path, Set.of("caps", "arches", "minKernel"));
        String kernel = text(node.get("minKernel"), path.child("minKernel"));
        Optional<Condition.Kernel> version = Condition.Kernel.of(kernel);
        if (!kernel.isEmpty() && version.isEmpty()) {
            throw new SeccompException(path.child("minKernel").field(), "is " + quoted(kernel), "write it as \"4.8\"");
        }
        return new Condition(
                texts(node.get("caps"), path.child("caps")),
                texts(node.get("arches"), path.child("arches")),
                version.orElse(null));
    }

    private static SortedMap<String, List<String>> map(@Nullable JsonNode node) throws SeccompException {
        SortedMap<String, List<String>> map = new TreeMap<>();
        FieldPath path = FieldPath.ROOT.child("archMap");
        List<JsonNode> listed = elements(node, path);
        for (int i = 0; i < listed.size(); i++) {
            FieldPath place = path.index(i);
            object(listed.get(i), place, Set.of("architecture", "subArchitectures"));
            String own = text(listed.get(i).get("architecture"), place.child("architecture"));
            // The engine takes the first.
            map.putIfAbsent(own, texts(listed.get(i).get("subArchitectures"), place.child("subArchitectures")));
        }
        return map;
    }

    private static void object(@Nullable JsonNode node, FieldPath path, Set<String> known) throws SeccompException {
        if (node == null || !node.isObject()) {
            throw wrong(path, "is no object", "write {…}");
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!known.contains(member.getKey())) {
                throw wrong(
                        path.child(member.getKey()),
                        "is no key of a seccomp profile",
                        "take it out, or spell it right");
            }
        }
    }

    private static List<JsonNode> elements(@Nullable JsonNode node, FieldPath path) throws SeccompException {
        List<JsonNode> elements = new ArrayList<>();
        if (node != null && !node.isNull()) {
            if (!node.isArray()) {
                throw wrong(path, "is no list", "write […]");
            }
            node.forEach(elements::add);
        }
        return elements;
    }

    private static List<String> texts(@Nullable JsonNode node, FieldPath path) throws SeccompException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(node, path)) {
            texts.add(text(element, path));
        }
        return List.copyOf(texts);
    }

    private static String text(@Nullable JsonNode node, FieldPath path) throws SeccompException {
        if (node == null || node.isNull()) {
            return "";
        }
        if (!node.isString()) {
            throw wrong(path, "is no text", "write it in quotes");
        }
        return node.stringValue();
    }

    private static Action action(@Nullable JsonNode node, FieldPath path) throws SeccompException {
        String text = text(node, path);
        return Action.of(text)
                .orElseThrow(() -> wrong(
                        path,
                        "is " + quoted(text),
                        "use SCMP_ACT_ALLOW, ERRNO, LOG, TRAP, TRACE, NOTIFY, KILL_PROCESS or KILL_THREAD"));
    }

    private static @Nullable Integer errno(@Nullable JsonNode node, FieldPath path) throws SeccompException {
        if (node == null || node.isNull()) {
            return null;
        }
        long number = number(node, path);
        if (number < 0 || number > MOST_ERRNO) {
            throw wrong(path, "is " + node, "write a number up to " + MOST_ERRNO);
        }
        return (int) number;
    }

    /** Without a sign. */
    private static long number(@Nullable JsonNode node, FieldPath path) throws SeccompException {
        if (node == null || node.isNull()) {
            return 0;
        }
        if (!node.isIntegralNumber()
                || node.bigIntegerValue().signum() < 0
                || node.bigIntegerValue().compareTo(BIGGEST) > 0) {
            throw wrong(path, "is no number of 64 bits", "write one from 0 on");
        }
        return node.bigIntegerValue().longValue();
    }

    private static SeccompException wrong(FieldPath path, String problem, String remedy) {
        return new SeccompException(path.equals(FieldPath.ROOT) ? "the profile" : path.field(), problem, remedy);
    }

    private static String quoted(String text) {
        return '"' + Printable.text(text, LONGEST_QUOTE) + '"';
    }
}
