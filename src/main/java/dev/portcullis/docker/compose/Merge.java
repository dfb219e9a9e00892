package dev.portcullis.docker.compose;

import dev.portcullis.docker.compose.Value.Kind;
import dev.portcullis.workload.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Merges one value over another as {@code compose-go/override} does; what the result says keeps the place where it was said. */
final class Merge {
    /** Of a service: what is replaced as a whole. */
    private static final Set<String> REPLACED = Set.of("command", "entrypoint");
    /** Of a service: lists of {@code key=value} that may be written as mappings. */
    private static final Set<String> KEYED = Set.of("environment", "sysctls", "labels", "annotations");
    /** Of a service: lists that may be written as one text. */
    private static final Set<String> LISTS =
            Set.of("tmpfs", "dns", "dns_opt", "dns_search", "env_file", "label_file", "extra_hosts");
    /** Of a service: mappings that may be written as a list of names. */
    private static final Set<String> NAMED = Set.of("networks", "depends_on", "models");

    private final Bounds bounds;

    Merge(Bounds bounds) {
        this.bounds = bounds;
    }

    /** A service over the one that it extends, or over the same service of an earlier file. */
    Value services(Value base, Value over) throws ComposeException {
        return mappings(base, over, this::ofService);
    }

    /** One file over another. */
    Value files(Value base, Value over) throws ComposeException {
        return mappings(
                base,
                over,
                (name, below, above) -> name.equals("services") || name.equals("jobs")
                        ? mappings(below, above, (service, a, b) -> services(a, b))
                        : generic(below, above));
    }

    private Value ofService(String key, Value base, Value over) throws ComposeException {
        if (REPLACED.contains(key)) {
            return over;
        }
        if (KEYED.contains(key)) {
            return mappings(keyed(base), keyed(over), (name, below, above) -> above);
        }
        if (LISTS.contains(key) && !over.is(Kind.MAPPING) && !base.is(Kind.MAPPING)) {
            return lists(listed(base), listed(over));
        }
        if (NAMED.contains(key)) {
            return mappings(named(base), named(over), (name, below, above) -> generic(below, above));
        }
        return switch (key) {
            case "healthcheck" ->
                mappings(base, over, (name, below, above) -> name.equals("test") ? above : generic(below, above));
            case "logging" -> isOtherDriver(base, over) ? over : generic(base, over);
            case "build" -> mappings(build(base), build(over), (name, below, above) -> generic(below, above));
            case "ulimits" ->
                mappings(
                        base,
                        over,
                        (name, below, above) ->
                                below.is(Kind.MAPPING) && above.is(Kind.MAPPING) ? generic(below, above) : above);
            default -> generic(base, over);
        };
    }

    private static boolean isOtherDriver(Value base, Value over) {
        Value below = base.member("driver");
        Value above = over.member("driver");
        return below.is(Kind.SCALAR) && above.is(Kind.SCALAR) && !below.text().equals(above.text());
    }

    /** How the members of a mapping are merged. */
    private interface Members {
        Value merge(String name, Value base, Value over) throws ComposeException;
    }

    private Value generic(Value base, Value over) throws ComposeException {
        if (over.is(Kind.NOTHING)) {
            return over.isReset() ? over : base;
        }
        if (over.is(Kind.UNKNOWN) || base.is(Kind.NOTHING) || over.isOverride()) {
            return over;
        }
        if (base.is(Kind.UNKNOWN)) {
            return overUnknown(base, over);
        }
        return switch (base.kind()) {
            case MAPPING -> mappings(base, over, (name, below, above) -> generic(below, above));
            case LIST -> lists(base, over);
            default -> over;
        };
    }

    private Value overUnknown(Value base, Value over) throws ComposeException {
        String why = String.valueOf(base.unknown());
        return switch (over.kind()) {
            case LIST -> lists(Value.list(base.path(), List.of(base)), over);
            case MAPPING -> mappings(Value.mapping(base.path(), Map.of(), why), over, (name, a, b) -> generic(a, b));
            default -> over;
        };
    }

    private Value mappings(Value base, Value over, Members members) throws ComposeException {
        if (over.is(Kind.NOTHING)) {
            return over.isReset() ? over : base;
        }
        if (base.is(Kind.NOTHING) || over.isOverride() || over.is(Kind.UNKNOWN)) {
            return over;
        }
        Value below =
                base.is(Kind.UNKNOWN) ? Value.mapping(base.path(), Map.of(), String.valueOf(base.unknown())) : base;
        require(Kind.MAPPING, below, over);
        Map<String, Value> merged = new LinkedHashMap<>(below.members());
        String open = below.open() == null ? over.open() : below.open();
        for (Map.Entry<String, Value> entry : over.members().entrySet()) {
            Value above = entry.getValue();
            if (above.isReset()) {
                merged.put(entry.getKey(), Value.nothing(above.path()));
            } else if (above.isOverride()) {
                merged.put(entry.getKey(), above);
            } else {
                merged.put(entry.getKey(), members.merge(entry.getKey(), below.member(entry.getKey()), above));
            }
        }
        return Value.mapping(over.path(), rehomed(merged, over.path()), open);
    }

    /** What is not said at all would go into the mapping that is on top. */
    private Map<String, Value> rehomed(Map<String, Value> members, FieldPath path) throws ComposeException {
        bounds.make(path, members.size() + 1);
        Map<String, Value> result = new LinkedHashMap<>();
        for (Map.Entry<String, Value> member : members.entrySet()) {
            Value value = member.getValue();
            FieldPath place = path.child(member.getKey());
            result.put(
                    member.getKey(),
                    switch (value.kind()) {
                        case NOTHING, LIST -> value.at(place);
                        case MAPPING -> Value.mapping(place, rehomed(value.members(), place), value.open());
                        default -> value;
                    });
        }
        return result;
    }

    private Value lists(Value base, Value over) throws ComposeException {
        if (over.is(Kind.NOTHING)) {
            return base;
        }
        if (base.is(Kind.NOTHING) || over.isOverride()) {
            return over;
        }
        Value below = base.is(Kind.UNKNOWN) ? Value.list(base.path(), List.of(base)) : base;
        require(Kind.LIST, below, over);
        List<Value> elements = new ArrayList<>(below.elements());
        Set<Object> said = new HashSet<>();
        elements.forEach(element -> said.add(element.said()));
        for (Value element : over.elements()) {
            if (said.add(element.said())) {
                elements.add(element);
            }
        }
        bounds.make(over.path(), elements.size());
        return Value.list(over.path(), elements);
    }

    private static void require(Kind kind, Value base, Value over) throws ComposeException {
        if (!base.is(kind) || !over.is(kind)) {
            throw new ComposeException(
                    over.path(),
                    "cannot be merged with " + base.path().field(),
                    "write both as " + (kind == Kind.LIST ? "lists" : "mappings"));
        }
    }

    /** {@code [A=1, B]} as {@code {A: 1, B: null}}. */
    static Value keyed(Value value) {
        if (!value.is(Kind.LIST)) {
            return value;
        }
        Map<String, Value> members = new LinkedHashMap<>();
        @Nullable String open = null;
        for (Value element : value.elements()) {
            if (element.is(Kind.UNKNOWN)) {
                open = element.unknown();
                continue;
            }
            String text = element.text();
            int equals = text.indexOf('=');
            members.put(
                    equals < 0 ? text : text.substring(0, equals),
                    equals < 0
                            ? Value.nothing(element.path())
                            : Value.text(element.path(), text.substring(equals + 1)));
        }
        return Value.mapping(value.path(), members, open);
    }

    private static Value listed(Value value) {
        return value.is(Kind.SCALAR) ? Value.list(value.path(), List.of(value)) : value;
    }

    private static Value named(Value value) {
        if (!value.is(Kind.LIST)) {
            return value;
        }
        Map<String, Value> members = new LinkedHashMap<>();
        value.elements().forEach(element -> members.put(element.text(), Value.nothing(element.path())));
        return Value.mapping(value.path(), members, value.unknown());
    }

    private static Value build(Value value) {
        return value.is(Kind.SCALAR) ? Value.mapping(value.path(), Map.of("context", value), null) : value;
    }
}
