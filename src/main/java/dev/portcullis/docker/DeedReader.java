package dev.portcullis.docker;

import dev.portcullis.workload.Deed;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.NamespaceSharing;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.RestartPolicy;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Volume;
import java.util.List;
import java.util.stream.Stream;

/** Reads what requests say of their deeds. */
final class DeedReader {
    private static final String BETWEEN_CONTAINERS = "com.docker.network.bridge.enable_icc";
    private static final List<String> ONLY_CHANGED = List.of(
            "Memory",
            "MemorySwap",
            "MemoryReservation",
            "NanoCpus",
            "CpuQuota",
            "CpuPeriod",
            "CpuShares",
            "CpuRealtimePeriod",
            "CpuRealtimeRuntime",
            "BlkioWeight");
    private static final List<String> ONLY_MOVED = List.of("CpusetCpus", "CpusetMems");

    private DeedReader() {}

    static Deed.Exec exec(GoValue exec) throws MalformedBodyException {
        GoValue privileged = exec.field("Privileged");
        return new Deed.Exec(
                privileged.flag()
                        ? new Setting.Declared<>(true, privileged.path())
                        : new Setting.Absent<>(privileged.path(), Notation.plain(), false),
                UserReader.read(exec.field("User"), false));
    }

    /** Null changes nothing; neither does 0, but for the pids limit, where it means unlimited. */
    static Deed.Update update(GoValue update) {
        GoValue pids = update.field("PidsLimit");
        return new Deed.Update(
                pids.isSet() ? number(pids) : absent(pids),
                lifted(update.field("MemorySwap")),
                lifted(update.field("CpuQuota")),
                restartPolicy(update.field("RestartPolicy")),
                Stream.concat(
                                ONLY_CHANGED.stream().map(update::field).filter(limit -> limit.number() > 0),
                                ONLY_MOVED.stream()
                                        .map(update::field)
                                        .filter(set -> !set.text().isEmpty()))
                        .map(GoValue::path)
                        .toList());
    }

    private static Setting<Long> lifted(GoValue limit) {
        return limit.number() < 0 ? number(limit) : absent(limit);
    }

    private static Setting.Declared<Long> number(GoValue number) {
        return new Setting.Declared<>(number.number(), number.path());
    }

    private static <T> Setting<T> absent(GoValue value) {
        return new Setting.Absent<>(value.path(), Notation.plain());
    }

    private static Setting<RestartPolicy> restartPolicy(GoValue policy) {
        GoValue name = policy.field("Name");
        GoValue retries = policy.field("MaximumRetryCount");
        RestartPolicy read = new RestartPolicy(name.text(), retries.number());
        return switch (read.name()) {
            case "" -> absent(name);
            case "on-failure" -> new Setting.Declared<>(read, retries.path(), retries.number(), Notation.plain());
            default -> new Setting.Declared<>(read, name.path(), name.text(), Notation.plain());
        };
    }

    static Deed.VolumeCreate volume(GoValue volume) {
        String driver = volume.field("Driver").text();
        String name = volume.field("Name").text();
        List<Setting.Declared<String>> opened = VolumeDriver.hostPaths(driver, volume.field("DriverOpts"));
        List<Volume> volumes = opened.isEmpty()
                ? List.of(new Volume(name, FieldPath.ROOT, List.of("volume"), null))
                : opened.stream()
                        .map(path -> new Volume(name, FieldPath.ROOT, List.of("volume"), path))
                        .toList();
        return new Deed.VolumeCreate(volumes, volume.field("ClusterVolumeSpec").isSet());
    }

    static Deed.NetworkCreate network(GoValue network) throws MalformedBodyException {
        GoValue from = network.field("ConfigFrom").field("Network");
        if (!from.text().isEmpty()) {
            return new Deed.NetworkCreate(new Setting.Inexpressible<>(
                    "it takes its options from another network, which was judged when that was made"));
        }
        String driver = network.field("Driver").text();
        if (!driver.isEmpty() && !driver.equals("bridge")) {
            return new Deed.NetworkCreate(new Setting.Inexpressible<>(
                    "only a bridge can keep its containers apart: others leave that to what they connect to"));
        }
        return new Deed.NetworkCreate(isolated(network.field("Options")));
    }

    private static Setting<Boolean> isolated(GoValue options) throws MalformedBodyException {
        Notation<Boolean> notation = (path, isolated) -> new Edit.Set(path, isolated ? "false" : "true");
        GoValue said = options.members().get(BETWEEN_CONTAINERS);
        return said == null
                ? new Setting.Absent<>(options.path().child(BETWEEN_CONTAINERS), notation, false)
                : new Setting.Declared<>(!flag(said), said.path(), said.text(), notation);
    }

    private static boolean flag(GoValue said) throws MalformedBodyException {
        return GoFlag.parse(said.text())
                .orElseThrow(() -> new MalformedBodyException(
                        said.path(), "is " + MalformedBodyException.quoted(said.text()), "write true or false"));
    }

    /** As {@code docker build --network} says it. */
    static Deed.Build build(RequestTarget target) throws MalformedBodyException {
        String mode = target.parameter("networkmode");
        FieldPath path = RequestTarget.pathOf("networkmode");
        Notation<NamespaceSharing> notation = Notation.plain();
        if (mode.isEmpty()) {
            return new Deed.Build(new Setting.Absent<>(path, notation, NamespaceSharing.PRIVATE));
        }
        NamespaceSharing sharing = mode.equals("host")
                ? NamespaceSharing.HOST
                : mode.startsWith("container:") ? NamespaceSharing.CONTAINER : NamespaceSharing.PRIVATE;
        return new Deed.Build(new Setting.Declared<>(sharing, path, mode, notation));
    }
}
