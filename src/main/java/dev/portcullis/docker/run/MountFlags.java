package dev.portcullis.docker.run;

import dev.portcullis.docker.run.FlagValues.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code --volume}, {@code --mount} and {@code --tmpfs}. */
final class MountFlags {
    private static final String WHOLE_PATH =
            "write the whole path, such as /srv/data: the folder where the command is run is not known here";
    private static final int MOST_PARTS = 3;
    private static final int OCTAL = 8;

    /** What each option may go with. */
    private static final Map<String, String> TYPES =
            Map.of("BindOptions", "bind", "VolumeOptions", "volume", "ImageOptions", "image", "TmpfsOptions", "tmpfs");

    private MountFlags() {}

    /** One that has a source is a bind to the engine, whatever the source is; others are volumes without a name. */
    static void volume(Given given, Draft draft) throws RunLineException {
        String spec = given.value();
        List<String> parts = parts(spec);
        if (parts.size() > MOST_PARTS || parts.contains("")) {
            throw given.refuseValue("write source:target or source:target:ro");
        }
        if (parts.size() == 1) {
            draft.member("Volumes", spec, Draft.NODES.objectNode(), given);
            return;
        }
        if (parts.getFirst().startsWith(".")) {
            throw given.refuseValue(WHOLE_PATH);
        }
        draft.keyed("HostConfig/Binds", spec, Draft.NODES.stringNode(spec), null, given);
    }

    /** Between colons, but for the one after a single letter, which may be a drive's. */
    private static List<String> parts(String spec) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < spec.length() && spec.length() > 2; at++) {
            boolean drive = at == from + 1 && Character.isLetter(spec.charAt(from));
            if (spec.charAt(at) == ':' && !drive) {
                parts.add(spec.substring(from, at));
                from = at + 1;
            }
        }
        parts.add(spec.substring(from));
        return parts;
    }

    static void tmpfs(Given given, Draft draft) {
        Pair tmpfs = Pair.of(given.value(), ':');
        draft.member("HostConfig/Tmpfs", tmpfs.name(), Draft.NODES.stringNode(tmpfs.value()), given);
    }

    static void mount(Given given, Draft draft) throws RunLineException {
        ObjectNode mount = Draft.NODES.objectNode().put("Type", "volume");
        for (String field : FlagValues.fields(given, given.value())) {
            Pair option = Pair.of(field, '=');
            option(given, option, mount);
        }
        String type = mount.path("Type").stringValue("");
        if (type.isEmpty() || mount.path("Target").stringValue("").isEmpty()) {
            throw given.refuseValue("write type=bind,source=…,target=…");
        }
        for (Map.Entry<String, String> options : TYPES.entrySet()) {
            if (mount.has(options.getKey()) && !options.getValue().equals(type)) {
                throw given.refuse("has options that are no " + type + "'s", "leave them out, or write another type");
            }
        }
        JsonNode bind = mount.path("BindOptions");
        boolean forced = bind.path("ReadOnlyForceRecursive").booleanValue(false);
        boolean onlyTop = bind.path("ReadOnlyNonRecursive").booleanValue(false);
        if ((forced || onlyTop) && !mount.path("ReadOnly").booleanValue(false)) {
            throw given.refuse("says bind-recursive of a mount that is written to", "add readonly");
        }
        if (forced && !bind.path("Propagation").stringValue("").equals("rprivate")) {
            throw given.refuse("says bind-recursive=readonly", "add bind-propagation=rprivate");
        }
        draft.add("HostConfig/Mounts", mount, given);
    }

    private static void option(Given given, Pair option, ObjectNode mount) throws RunLineException {
        String value = option.value();
        switch (option.name()) {
            case "readonly", "ro" -> mount.put("ReadOnly", flag(given, option));
            case "volume-nocopy" -> mount.withObjectProperty("VolumeOptions").put("NoCopy", flag(given, option));
            case "bind-nonrecursive" ->
                mount.withObjectProperty("BindOptions").put("NonRecursive", flag(given, option));
            default -> {
                if (!option.complete()) {
                    throw given.refuse("has " + RunLineException.quoted(option.name()), "write name=value");
                }
                named(given, option.name(), value, mount);
            }
        }
    }

    private static void named(Given given, String name, String value, ObjectNode mount) throws RunLineException {
        switch (name) {
            case "type" -> mount.put("Type", value.toLowerCase(Locale.ROOT));
            case "source", "src" -> {
                if (value.startsWith("./") || value.equals(".")) {
                    throw given.refuse("has " + RunLineException.quoted(value), WHOLE_PATH);
                }
                mount.put("Source", value);
            }
            case "target", "dst", "destination" -> mount.put("Target", value);
            case "consistency" -> mount.put("Consistency", value.toLowerCase(Locale.ROOT));
            case "bind-propagation" ->
                mount.withObjectProperty("BindOptions").put("Propagation", value.toLowerCase(Locale.ROOT));
            case "bind-recursive" -> recursive(given, value, mount.withObjectProperty("BindOptions"));
            case "volume-subpath" -> mount.withObjectProperty("VolumeOptions").put("Subpath", value);
            case "image-subpath" -> mount.withObjectProperty("ImageOptions").put("Subpath", value);
            case "volume-label" -> put(mount.withObjectProperty("VolumeOptions").withObjectProperty("Labels"), value);
            case "volume-driver" -> driver(mount).put("Name", value);
            case "volume-opt" -> put(driver(mount).withObjectProperty("Options"), value);
            case "tmpfs-size" ->
                mount.withObjectProperty("TmpfsOptions").put("SizeBytes", FlagValues.bytes(given, value));
            case "tmpfs-mode" -> mount.withObjectProperty("TmpfsOptions").put("Mode", mode(given, value));
            default ->
                throw given.refuse(
                        "has no option " + RunLineException.quoted(name),
                        "use type, source, target, readonly and what docker run --help names");
        }
    }

    private static boolean flag(Given given, Pair option) throws RunLineException {
        return !option.complete() || FlagValues.bool(given, option.value());
    }

    private static ObjectNode driver(ObjectNode mount) {
        return mount.withObjectProperty("VolumeOptions").withObjectProperty("DriverConfig");
    }

    private static void put(ObjectNode map, String text) {
        Pair pair = Pair.of(text, '=');
        if (!pair.name().isEmpty()) {
            map.put(pair.name(), pair.value());
        }
    }

    private static void recursive(Given given, String value, ObjectNode options) throws RunLineException {
        switch (value) {
            case "enabled" -> {
                // So it is where nothing is said.
            }
            case "disabled" -> options.put("NonRecursive", true);
            case "writable" -> options.put("ReadOnlyNonRecursive", true);
            case "readonly" -> options.put("ReadOnlyForceRecursive", true);
            default ->
                throw given.refuse(
                        "has bind-recursive=" + RunLineException.quoted(value),
                        "write enabled, disabled, writable or readonly");
        }
    }

    private static long mode(Given given, String octal) throws RunLineException {
        if (!octal.matches("[0-7]{1,10}")) {
            throw given.refuse("has tmpfs-mode=" + RunLineException.quoted(octal), "write it in octal, such as 1777");
        }
        return Long.parseLong(octal, OCTAL);
    }
}
