package dev.portcullis.seccomp;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes profiles as JSON trees. */
public final class ProfileWriter {
    private ProfileWriter() {}

    /** A profile in the form that it has: moby's where something in it depends on the host. */
    public static ObjectNode write(SeccompProfile profile) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("defaultAction", profile.defaultAction().text());
        put(root, "defaultErrnoRet", profile.defaultErrno());
        if (!profile.architectureMap().isEmpty()) {
            ArrayNode map = root.putArray("archMap");
            for (Map.Entry<String, List<String>> entry :
                    profile.architectureMap().entrySet()) {
                ObjectNode one = map.addObject().put("architecture", entry.getKey());
                texts(one.putArray("subArchitectures"), entry.getValue());
            }
        } else if (!profile.architectures().isEmpty()) {
            texts(root.putArray("architectures"), profile.architectures());
        }
        if (!profile.flags().isEmpty()) {
            texts(root.putArray("flags"), profile.flags());
        }
        ArrayNode rules = root.putArray("syscalls");
        profile.rules().forEach(rule -> write(rule, rules.addObject()));
        return root;
    }

    private static void write(SyscallRule rule, ObjectNode node) {
        texts(node.putArray("names"), rule.names());
        node.put("action", rule.action().text());
        put(node, "errnoRet", rule.errno());
        if (!rule.arguments().isEmpty()) {
            ArrayNode arguments = node.putArray("args");
            for (ArgumentFilter filter : rule.arguments()) {
                ObjectNode one = arguments.addObject().put("index", filter.index());
                one.put("value", unsigned(filter.value()));
                if (filter.operator() == ArgumentFilter.Operator.MASKED_EQUAL) {
                    one.put("valueTwo", unsigned(filter.valueTwo()));
                }
                one.put("op", filter.operator().text());
            }
        }
        if (!rule.comment().isEmpty()) {
            node.put("comment", rule.comment());
        }
        condition(node, "includes", rule.includes());
        condition(node, "excludes", rule.excludes());
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    private static void put(ObjectNode node, String key, @Nullable Integer value) {
        if (value != null) {
            node.put(key, value);
        }
    }

    private static void condition(ObjectNode node, String key, Condition condition) {
        if (condition.isEmpty()) {
            return;
        }
        ObjectNode one = node.putObject(key);
        if (!condition.capabilities().isEmpty()) {
            texts(one.putArray("caps"), condition.capabilities());
        }
        if (!condition.architectures().isEmpty()) {
            texts(one.putArray("arches"), condition.architectures());
        }
        if (condition.minKernel() != null) {
            one.put("minKernel", condition.minKernel().toString());
        }
    }

    private static void texts(ArrayNode list, List<String> texts) {
        texts.forEach(list::add);
    }
}
