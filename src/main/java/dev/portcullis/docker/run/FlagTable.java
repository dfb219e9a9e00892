package dev.portcullis.docker.run;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The flags of {@code docker run} and {@code docker create}, after docker's client 28.2; those of older clients too. */
final class FlagTable {
    private static final long UINT16 = 0xFFFF;
    private static final int FAR = 3;

    private final Map<String, Flag> byName = new HashMap<>();
    private final Map<Character, Flag> byLetter = new HashMap<>();

    /** What both commands take. */
    static final FlagTable CREATE = new FlagTable(false);
    /** With what {@code run} alone takes. */
    static final FlagTable RUN = new FlagTable(true);

    private FlagTable(boolean run) {
        process();
        security();
        network();
        storage();
        resources();
        elsewhere();
        if (run) {
            flag("detach", 'd', (given, draft) -> draft.note(given));
            flag("sig-proxy", FlagTable::ignore);
            value("detach-keys", FlagTable::ignore);
        }
    }

    /** Null where there is none. */
    @Nullable Flag named(String name) {
        return byName.get(name);
    }

    /** Null where there is none. */
    @Nullable Flag lettered(char letter) {
        return byLetter.get(letter);
    }

    /** Flags whose names look like this one, the nearest first. */
    List<String> near(String name) {
        if (name.length() > 40) {
            return List.of();
        }
        record Near(String name, int distance) {}
        Stream<Near> all = byName.keySet().stream().map(each -> new Near(each, distance(each, name)));
        return all.filter(each -> each.distance() < FAR || each.name().startsWith(name))
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(3)
                .map(each -> "--" + each.name())
                .toList();
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    private void process() {
        text("hostname", 'h', "Hostname");
        text("domainname", "Domainname");
        text("user", 'u', "User");
        text("workdir", 'w', "WorkingDir");
        text("stop-signal", "StopSignal");
        flag("tty", 't', "Tty");
        flag("interactive", 'i', (given, draft) -> draft.note(given));
        value("attach", 'a', ProcessFlags::attach);
        value(
                "entrypoint",
                (given, draft) ->
                        draft.set("Entrypoint", Draft.NODES.arrayNode().add(given.value()), given));
        value(
                "stop-timeout",
                (given, draft) -> draft.set("StopTimeout", Draft.NODES.numberNode(FlagValues.whole(given)), given));
        value("env", 'e', ProcessFlags::variable);
        value("env-file", ProcessFlags::variablesOfFile);
        value("label", 'l', ProcessFlags::label);
        value("label-file", FlagTable::ignore);
        pairs("annotation", "HostConfig/Annotations");
        flag("init", "HostConfig/Init");
        flag("rm", "HostConfig/AutoRemove");
        value("restart", ProcessFlags::restart);
        value(
                "log-driver",
                (given, draft) -> draft.set("HostConfig/LogConfig/Type", Draft.NODES.stringNode(given.value()), given));
        pairs("log-opt", "HostConfig/LogConfig/Config");
        flag("no-healthcheck", (given, draft) -> draft.note(given));
        for (String name : HealthFlags.NAMES) {
            value(name, (given, draft) -> draft.note(given));
        }
    }

    private void security() {
        flag("privileged", "HostConfig/Privileged");
        flag("read-only", "HostConfig/ReadonlyRootfs");
        for (Map.Entry<String, String> list : Draft.CAPABILITIES.entrySet()) {
            value(list.getKey(), SecurityFlags.capability(list.getValue()));
        }
        list("group-add", "HostConfig/GroupAdd");
        value("security-opt", SecurityFlags::option);
        value("pid", SecurityFlags.mode("HostConfig/PidMode", "host", "container:"));
        value("uts", SecurityFlags.mode("HostConfig/UTSMode", "host"));
        value("userns", SecurityFlags.mode("HostConfig/UsernsMode", "host"));
        value("cgroupns", SecurityFlags.mode("HostConfig/CgroupnsMode", "host", "private"));
        text("ipc", "HostConfig/IpcMode");
        text("isolation", "HostConfig/Isolation");
        text("runtime", "HostConfig/Runtime");
        text("cgroup-parent", "HostConfig/CgroupParent");
        value("sysctl", SecurityFlags::sysctl);
        flag("use-api-socket", SecurityFlags::apiSocket);
    }

    private void network() {
        for (String name : List.of("network", "net")) {
            value(name, NetworkFlags::network);
        }
        for (String name : List.of("network-alias", "net-alias", "ip", "ip6", "link", "link-local-ip", "mac-address")) {
            value(name, NetworkFlags::option);
        }
        value("add-host", NetworkFlags::host);
        value(
                "dns",
                (given, draft) -> draft.add(
                        "HostConfig/Dns",
                        Draft.NODES.stringNode(
                                NetworkFlags.address(given, given.value().strip())),
                        given));
        list("dns-opt", "HostConfig/DnsOptions");
        list("dns-option", "HostConfig/DnsOptions");
        list("dns-search", "HostConfig/DnsSearch");
        value("publish", 'p', PortFlags::publish);
        value("expose", PortFlags::expose);
        flag("publish-all", 'P', "HostConfig/PublishAllPorts");
    }

    private void storage() {
        value("volume", 'v', MountFlags::volume);
        value("mount", MountFlags::mount);
        value("tmpfs", MountFlags::tmpfs);
        list("volumes-from", "HostConfig/VolumesFrom");
        text("volume-driver", "HostConfig/VolumeDriver");
        value("storage-opt", (given, draft) -> {
            FlagValues.Pair option = FlagValues.Pair.of(given.value(), '=');
            if (!option.complete()) {
                throw given.refuseValue("write name=value");
            }
            draft.member("HostConfig/StorageOpt", option.name(), Draft.NODES.stringNode(option.value()), given);
        });
        value("device", DeviceFlags::device);
        value("device-cgroup-rule", DeviceFlags::rule);
        value("gpus", DeviceFlags::gpus);
    }

    private void resources() {
        size("memory", 'm', "HostConfig/Memory");
        size("memory-reservation", (char) 0, "HostConfig/MemoryReservation");
        size("shm-size", (char) 0, "HostConfig/ShmSize");
        size("io-maxbandwidth", (char) 0, "HostConfig/IOMaximumBandwidth");
        value(
                "memory-swap",
                (given, draft) -> draft.set(
                        "HostConfig/MemorySwap",
                        Draft.NODES.numberNode(
                                given.value().equals("-1") ? -1 : FlagValues.bytes(given, given.value())),
                        given));
        number("memory-swappiness", "HostConfig/MemorySwappiness", -1, 100);
        number("pids-limit", "HostConfig/PidsLimit", Long.MIN_VALUE, Long.MAX_VALUE);
        number("oom-score-adj", "HostConfig/OomScoreAdj", Long.MIN_VALUE, Long.MAX_VALUE);
        flag("oom-kill-disable", "HostConfig/OomKillDisable");
        value(
                "cpus",
                (given, draft) ->
                        draft.set("HostConfig/NanoCpus", Draft.NODES.numberNode(FlagValues.nanos(given)), given));
        value("cpu-shares", 'c', number("HostConfig/CpuShares", Long.MIN_VALUE, Long.MAX_VALUE));
        number("cpu-period", "HostConfig/CpuPeriod", Long.MIN_VALUE, Long.MAX_VALUE);
        number("cpu-quota", "HostConfig/CpuQuota", Long.MIN_VALUE, Long.MAX_VALUE);
        number("cpu-rt-period", "HostConfig/CpuRealtimePeriod", Long.MIN_VALUE, Long.MAX_VALUE);
        number("cpu-rt-runtime", "HostConfig/CpuRealtimeRuntime", Long.MIN_VALUE, Long.MAX_VALUE);
        number("cpu-count", "HostConfig/CpuCount", Long.MIN_VALUE, Long.MAX_VALUE);
        number("cpu-percent", "HostConfig/CpuPercent", Long.MIN_VALUE, Long.MAX_VALUE);
        number("io-maxiops", "HostConfig/IOMaximumIOps", 0, Long.MAX_VALUE);
        text("cpuset-cpus", "HostConfig/CpusetCpus");
        text("cpuset-mems", "HostConfig/CpusetMems");
        number("blkio-weight", "HostConfig/BlkioWeight", 0, UINT16);
        value("blkio-weight-device", DeviceFlags.ofDevice("HostConfig/BlkioWeightDevice", "Weight", false));
        value("device-read-bps", DeviceFlags.ofDevice("HostConfig/BlkioDeviceReadBps", "Rate", true));
        value("device-write-bps", DeviceFlags.ofDevice("HostConfig/BlkioDeviceWriteBps", "Rate", true));
        value("device-read-iops", DeviceFlags.ofDevice("HostConfig/BlkioDeviceReadIOps", "Rate", false));
        value("device-write-iops", DeviceFlags.ofDevice("HostConfig/BlkioDeviceWriteIOps", "Rate", false));
        value("ulimit", DeviceFlags::ulimit);
    }

    /** What the client does itself, or says beside the body. */
    private void elsewhere() {
        value("name", (given, draft) -> draft.named(given.value()));
        text("cidfile", "HostConfig/ContainerIDFile");
        for (String name : List.of("platform", "pull")) {
            value(name, FlagTable::ignore);
        }
        size("kernel-memory", (char) 0, null);
        flag("quiet", 'q', FlagTable::ignore);
        flag("disable-content-trust", FlagTable::ignore);
    }

    private static void ignore(Given given, Draft draft) {
        // It changes nothing of the container.
    }

    private void add(Flag flag) {
        byName.put(flag.name(), flag);
        if (flag.letter() != 0) {
            byLetter.put(flag.letter(), flag);
        }
    }

    private void value(String name, Flag.Meaning meaning) {
        add(new Flag(name, (char) 0, false, meaning));
    }

    private void value(String name, char letter, Flag.Meaning meaning) {
        add(new Flag(name, letter, false, meaning));
    }

    private void text(String name, String place) {
        text(name, (char) 0, place);
    }

    private void text(String name, char letter, String place) {
        value(name, letter, (given, draft) -> draft.set(place, Draft.NODES.stringNode(given.value()), given));
    }

    private void list(String name, String place) {
        value(name, (given, draft) -> draft.add(place, Draft.NODES.stringNode(given.value()), given));
    }

    private void pairs(String name, String place) {
        value(name, (given, draft) -> {
            FlagValues.Pair pair = FlagValues.Pair.of(given.value(), '=');
            draft.member(place, pair.name(), Draft.NODES.stringNode(pair.value()), given);
        });
    }

    private void number(String name, String place, long least, long most) {
        value(name, number(place, least, most));
    }

    private static Flag.Meaning number(String place, long least, long most) {
        return (given, draft) ->
                draft.set(place, Draft.NODES.numberNode(FlagValues.whole(given, given.value(), least, most)), given);
    }

    private void size(String name, char letter, @Nullable String place) {
        value(name, letter, (given, draft) -> {
            long bytes = FlagValues.bytes(given, given.value());
            if (place != null) {
                draft.set(place, Draft.NODES.numberNode(bytes), given);
            }
        });
    }

    private void flag(String name, Flag.Meaning meaning) {
        flag(name, (char) 0, meaning);
    }

    private void flag(String name, char letter, Flag.Meaning meaning) {
        add(new Flag(name, letter, true, (given, draft) -> {
            FlagValues.bool(given, given.value());
            meaning.say(given, draft);
        }));
    }

    private void flag(String name, String place) {
        flag(name, (char) 0, place);
    }

    private void flag(String name, char letter, String place) {
        flag(
                name,
                letter,
                (given, draft) ->
                        draft.set(place, Draft.NODES.booleanNode(FlagValues.bool(given, given.value())), given));
    }
}
