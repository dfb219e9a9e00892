package dev.portcullis.docker.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A create body while flags fill it, and which flag said what of it. Places are named by the steps to them,
 * {@code HostConfig/CapAdd}, and kept as JSON Pointers.
 */
final class Draft {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Where each flag for capabilities goes. */
    static final Map<String, String> CAPABILITIES =
            Map.of("cap-add", "HostConfig/CapAdd", "cap-drop", "HostConfig/CapDrop");

    /** Lists that the client sorts. */
    private static final Set<String> SORTED = Set.of("HostConfig/CapAdd", "HostConfig/CapDrop", "HostConfig/Ulimits");

    private final ObjectNode body = NODES.objectNode();
    private final Map<String, List<Given>> origins = new LinkedHashMap<>();
    private final Map<String, String> unknown = new LinkedHashMap<>();
    private final Map<String, Given> last = new LinkedHashMap<>();
    private final List<NetworkFlags.Network> networks = new ArrayList<>();
    private final List<Given> networkOptions = new ArrayList<>();
    private final List<Given> qualifiedDevices = new ArrayList<>();
    /** By place and key, since what is said of a key last, or in their order, counts. */
    private final Map<String, Map<String, Keyed>> keyed = new LinkedHashMap<>();

    private @Nullable String name;

    ObjectNode body() {
        return body;
    }

    /** Which flags said a value, by its pointer. */
    Map<String, List<Given>> origins() {
        return origins;
    }

    /** Why values are not known, by their pointers. */
    Map<String, String> unknown() {
        return unknown;
    }

    /** What is said of a key. */
    private record Keyed(JsonNode value, @Nullable String unknown, List<Given> given) {}

    /** Says what a list has for a key, in place of what was said before. */
    void keyed(String place, String key, JsonNode value, @Nullable String why, Given given) {
        List<Given> all = new ArrayList<>();
        Keyed before =
                keyed.computeIfAbsent(place, none -> new LinkedHashMap<>()).get(key);
        if (before != null) {
            all.addAll(before.given());
        }
        all.add(given);
        keyed.get(place).put(key, new Keyed(value, why, all));
    }

    /** Writes lists whose keys were collected. */
    void writeKeyed() {
        keyed.forEach((place, all) -> {
            Map<String, Keyed> ordered = SORTED.contains(place) ? new TreeMap<>(all) : all;
            for (Keyed one : ordered.values()) {
                String pointer = "/" + place + "/"
                        + parent(place).withArrayProperty(lastStep(place)).size();
                if (one.unknown() != null) {
                    unknown.put(pointer, one.unknown());
                }
                parent(place).withArrayProperty(lastStep(place)).add(one.value());
                origins.put(pointer, one.given());
            }
        });
    }

    /** Networks in the order in which they were given. */
    List<NetworkFlags.Network> networks() {
        return networks;
    }

    /** Flags for options of the first network. */
    List<Given> networkOptions() {
        return networkOptions;
    }

    /** Flags for devices by names of vendors'. */
    List<Given> qualifiedDevices() {
        return qualifiedDevices;
    }

    @Nullable String name() {
        return name;
    }

    void named(String said) {
        name = said;
    }

    /** Notes a flag whose meaning depends on others. */
    void note(Given given) {
        last.put(given.flag().name(), given);
    }

    /** The last one of a name that was noted. */
    @Nullable Given noted(String flag) {
        return last.get(flag);
    }

    /** The same where it says true. */
    @Nullable Given notedTrue(String flag) throws RunLineException {
        Given given = noted(flag);
        return given != null && FlagValues.bool(given, given.value()) ? given : null;
    }

    void set(String place, JsonNode value, Given given) {
        parent(place).set(lastStep(place), value);
        origin("/" + place, given);
    }

    /** Adds an element to a list. */
    void add(String place, JsonNode value, Given given) {
        ArrayNode list = parent(place).withArrayProperty(lastStep(place));
        origin("/" + place + "/" + list.size(), given);
        list.add(value);
    }

    /** The same for a value that is not known, of which the beginning may be. */
    void addUnknown(String place, String beginning, String why, Given given) {
        unknown.put(
                "/" + place + "/"
                        + parent(place).withArrayProperty(lastStep(place)).size(),
                why);
        add(place, NODES.stringNode(beginning), given);
    }

    /** Writes a member of a map. */
    void member(String place, String key, JsonNode value, Given given) {
        parent(place).withObjectProperty(lastStep(place)).set(key, value);
        origin("/" + place + "/" + escaped(key), given);
    }

    /** Adds an element to a list in a map. */
    void memberOf(String place, String key, JsonNode value, Given given) {
        ArrayNode list = parent(place).withObjectProperty(lastStep(place)).withArrayProperty(key);
        origin("/" + place + "/" + escaped(key) + "/" + list.size(), given);
        list.add(value);
    }

    private void origin(String pointer, Given given) {
        origins.computeIfAbsent(pointer, none -> new ArrayList<>(1)).add(given);
    }

    private ObjectNode parent(String place) {
        ObjectNode parent = body;
        int from = 0;
        for (int slash = place.indexOf('/'); slash >= 0; slash = place.indexOf('/', from)) {
            parent = parent.withObjectProperty(place.substring(from, slash));
            from = slash + 1;
        }
        return parent;
    }

    private static String lastStep(String place) {
        return place.substring(place.lastIndexOf('/') + 1);
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
