package dev.portcullis.docker;

import dev.portcullis.docker.compose.Value;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.RestartPolicy;
import dev.portcullis.workload.Setting;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How settings are written in a service of a compose file; values in short syntax are written again as a whole. */
final class ComposeNotation implements EngineNotation {
    /** The type of mount that secrets and configurations are made into; no engine has one of this name. */
    static final String PROVIDED_FILE = "a secret or a configuration";

    private static final long MEBIBYTE = 1 << 20;

    private final Map<FieldPath, String> shortVolumes = new HashMap<>();
    private final Map<FieldPath, String> shortPorts = new HashMap<>();
    private final Map<FieldPath, String> tmpfsTargets = new HashMap<>();
    private boolean deploysRestartPolicy;
    private boolean networkElsewhere;

    /** @param options whether it has some, which another goes on */
    void shortVolume(Value volume, boolean options) {
        shortVolumes.put(volume.path(), volume.written() + (options ? "," : ":"));
    }

    void shortPort(Value port) {
        shortPorts.put(port.path(), port.written());
    }

    void tmpfs(Value entry, String target) {
        tmpfsTargets.put(entry.path(), target);
    }

    /** The network is not said by {@code network_mode} but by a name that is best left out. */
    void networkElsewhere() {
        networkElsewhere = true;
    }

    void deploysRestartPolicy() {
        deploysRestartPolicy = true;
    }

    @Override
    public boolean providesFile(String type) {
        return type.equals(PROVIDED_FILE);
    }

    /** A list is added to; a text would have to be written anew. */
    @Override
    public List<Edit> scratch(GoValue tmpfs, String directory) {
        boolean text =
                tmpfs.members().values().stream().anyMatch(entry -> entry.path().equals(tmpfs.path()));
        return text ? List.of() : List.of(new Edit.Append(tmpfs.path(), directory + ":" + SCRATCH_OPTIONS));
    }

    @Override
    public String ownNetwork() {
        return networkElsewhere ? "" : "bridge";
    }

    @Override
    public boolean joinsContainer(String mode) {
        return mode.startsWith("container:") || mode.startsWith("service:");
    }

    @Override
    public Notation<RestartPolicy> restartPolicy() {
        return deploysRestartPolicy
                ? EngineNotation.super.restartPolicy()
                : (path, policy) -> new Edit.Set(
                        path, policy.retries() > 0 ? policy.name() + ":" + policy.retries() : policy.name());
    }

    @Override
    public Notation<RestartPolicy> renamedRestartPolicy(FieldPath whole) {
        return deploysRestartPolicy
                ? (path, policy) -> new Edit.Set(
                        whole, new TreeMap<>(Map.of("condition", policy.name(), "max_attempts", policy.retries())))
                : restartPolicy();
    }

    @Override
    public Object written(RestartPolicy policy) {
        return deploysRestartPolicy || policy.retries() == 0
                ? policy.retries()
                : policy.name() + ":" + policy.retries();
    }

    @Override
    public Notation<String> limit() {
        return (path, bytes) -> {
            long number = Long.parseLong(bytes);
            return new Edit.Set(path, number % MEBIBYTE == 0 ? number / MEBIBYTE + "m" : number + "b");
        };
    }

    @Override
    public Notation<String> cpuLimit() {
        return (path, millicores) -> new Edit.Set(
                path,
                BigDecimal.valueOf(Long.parseLong(millicores), 3)
                        .stripTrailingZeros()
                        .toPlainString());
    }

    @Override
    public Notation<String> hostAddress() {
        return (path, address) -> {
            String port = shortPorts.get(path);
            String host = address.contains(":") ? "[" + address + "]" : address;
            return new Edit.Set(path, port == null ? address : host + ":" + (port.contains(":") ? "" : ":") + port);
        };
    }

    @Override
    public Notation<Boolean> readOnlyMount() {
        return (path, readOnly) -> {
            String volume = shortVolumes.get(path);
            return volume == null ? new Edit.Set(path, readOnly) : new Edit.Set(path, volume + "ro");
        };
    }

    @Override
    public Setting.Declared<Boolean> writableBelow(FieldPath path) {
        return new Setting.Declared<>(
                false, path, "writable", (place, only) -> new Edit.Set(place, only ? "enabled" : "writable"));
    }

    @Override
    public Notation<String> tmpfsOptions() {
        return (path, options) -> {
            String target = tmpfsTargets.get(path);
            return new Edit.Set(path, target == null ? options : target + ":" + options);
        };
    }
}
