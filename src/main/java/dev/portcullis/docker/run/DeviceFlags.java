package dev.portcullis.docker.run;

import dev.portcullis.docker.run.FlagValues.Pair;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Flags for devices and for what the kernel limits. */
final class DeviceFlags {
    private static final String DEVICES = "HostConfig/Devices";
    private static final String REQUESTS = "HostConfig/DeviceRequests";
    private static final Pattern RULE = Pattern.compile("[acb] (?:[0-9]+|\\*):(?:[0-9]+|\\*) [rwm]{1,3}");
    /** Of the Container Device Interface: {@code vendor.com/class=name}. */
    private static final Pattern QUALIFIED =
            Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*/[A-Za-z][A-Za-z0-9_-]*=[A-Za-z0-9][A-Za-z0-9_.:-]*");

    private static final Set<String> ULIMITS = Set.of(
            "core",
            "cpu",
            "data",
            "fsize",
            "locks",
            "memlock",
            "msgqueue",
            "nice",
            "nofile",
            "nproc",
            "rss",
            "rtprio",
            "rttime",
            "sigpending",
            "stack");

    private static final int MOST_PARTS = 3;

    private DeviceFlags() {}

    /** {@code host[:container][:rwm]}, or the qualified name of a device of a vendor's. */
    static void device(Given given, Draft draft) throws RunLineException {
        if (QUALIFIED.matcher(given.value()).matches()) {
            draft.qualifiedDevices().add(given);
            return;
        }
        String[] parts = given.value().split(":", -1);
        boolean permitted = parts.length == 2 && isPermissions(parts[1]);
        String inside = parts.length > 1 && !permitted ? parts[1] : parts[0];
        boolean known = parts.length <= MOST_PARTS && !parts[0].isEmpty() && inside.startsWith("/");
        if (!known || (parts.length == MOST_PARTS && !isPermissions(parts[2]))) {
            throw given.refuseValue("write /dev/name, /dev/name:/dev/other or /dev/name:/dev/other:rwm");
        }
        String host = parts.length == 1 || permitted ? clean(parts[0]) : parts[0];
        String container = parts.length == MOST_PARTS ? inside : clean(inside);
        draft.add(
                DEVICES,
                Draft.NODES
                        .objectNode()
                        .put("PathOnHost", host)
                        .put("PathInContainer", container)
                        .put("CgroupPermissions", permitted ? parts[1] : parts.length == MOST_PARTS ? parts[2] : "rwm"),
                given);
    }

    private static boolean isPermissions(String text) {
        return text.matches("[rwm]{1,3}") && text.chars().distinct().count() == text.length();
    }

    /** Without the steps of a path that lead nowhere or back. */
    private static String clean(String path) {
        Deque<String> steps = new ArrayDeque<>();
        for (String step : path.split("/", -1)) {
            if (step.equals("..")) {
                steps.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return "/" + String.join("/", steps);
    }

    static void rule(Given given, Draft draft) throws RunLineException {
        if (!RULE.matcher(given.value()).matches()) {
            throw given.refuseValue("write it as 'c 189:* rmw'");
        }
        draft.add("HostConfig/DeviceCgroupRules", Draft.NODES.stringNode(given.value()), given);
    }

    static void gpus(Given given, Draft draft) throws RunLineException {
        ObjectNode request = Draft.NODES.objectNode();
        Set<String> said = new HashSet<>();
        for (String field : FlagValues.fields(given, given.value())) {
            Pair option = Pair.of(field, '=');
            String name = option.complete() ? option.name() : "count";
            if (!said.add(name)) {
                throw given.refuse("says " + RunLineException.quoted(name) + " twice", "say it once");
            }
            request(given, name, option.complete() ? option.value() : option.name(), request);
        }
        if (!said.contains("count") && !said.contains("device")) {
            request.put("Count", 1);
        }
        if (!request.has("Capabilities")) {
            request.putArray("Capabilities").addArray().add("gpu");
        }
        draft.add(REQUESTS, request, given);
    }

    private static void request(Given given, String name, String value, ObjectNode request) throws RunLineException {
        switch (name) {
            case "driver" -> request.put("Driver", value);
            case "count" ->
                request.put(
                        "Count",
                        value.equals("all")
                                ? -1
                                : FlagValues.whole(given, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case "device" -> List.of(value.split(",", -1)).forEach(request.putArray("DeviceIDs")::add);
            case "capabilities" -> {
                ArrayNode capabilities = request.putArray("Capabilities").addArray();
                List.of(value.split(",", -1)).forEach(capabilities::add);
                capabilities.add("gpu");
            }
            case "options" -> {
                ObjectNode options = request.putObject("Options");
                for (String option : FlagValues.fields(given, value)) {
                    Pair pair = Pair.of(option, '=');
                    options.put(pair.name(), pair.value());
                }
            }
            default ->
                throw given.refuse(
                        "has no option " + RunLineException.quoted(name),
                        "write all, a number, or device=…, driver=…, capabilities=…, options=…");
        }
    }

    /** Devices of vendors' go into one request, after those for GPUs. */
    static void together(Draft draft) {
        List<Given> devices = draft.qualifiedDevices();
        if (!devices.isEmpty()) {
            ObjectNode request = Draft.NODES.objectNode().put("Driver", "cdi");
            ArrayNode ids = request.putArray("DeviceIDs");
            devices.forEach(device -> ids.add(device.value()));
            draft.add(REQUESTS, request, devices.getFirst());
        }
    }

    /** {@code path:number} for a device of the host. */
    static Flag.Meaning ofDevice(String place, String field, boolean bytes) {
        return (given, draft) -> {
            Pair device = Pair.of(given.value(), ':');
            if (!device.complete()
                    || device.value().contains(":")
                    || !device.name().startsWith("/dev/")) {
                throw given.refuseValue("write /dev/name:number");
            }
            long number = bytes
                    ? FlagValues.bytes(given, device.value())
                    : FlagValues.whole(given, device.value(), 0, field.equals("Weight") ? 1000 : Long.MAX_VALUE);
            if (field.equals("Weight") && number > 0 && number < 10) {
                throw given.refuseValue("write a weight from 10 to 1000, or 0");
            }
            draft.add(place, Draft.NODES.objectNode().put("Path", device.name()).put(field, number), given);
        };
    }

    /** {@code name=soft[:hard]}; of several with one name the last counts. */
    static void ulimit(Given given, Draft draft) throws RunLineException {
        Pair ulimit = Pair.of(given.value(), '=');
        Pair limits = Pair.of(ulimit.value(), ':');
        if (!ulimit.complete()
                || !ULIMITS.contains(ulimit.name())
                || limits.value().contains(":")) {
            throw given.refuseValue("write name=soft:hard, such as nofile=1024:2048");
        }
        long soft = FlagValues.whole(given, limits.name(), Long.MIN_VALUE, Long.MAX_VALUE);
        long hard = limits.complete() ? FlagValues.whole(given, limits.value(), Long.MIN_VALUE, Long.MAX_VALUE) : soft;
        if (hard != -1 && (soft == -1 || soft > hard)) {
            throw given.refuseValue("the first limit must not be above the second");
        }
        draft.keyed(
                "HostConfig/Ulimits",
                ulimit.name(),
                Draft.NODES
                        .objectNode()
                        .put("Name", ulimit.name())
                        .put("Hard", hard)
                        .put("Soft", soft),
                null,
                given);
    }
}
