package dev.portcullis.docker;

import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.MemoryMount;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the file systems in memory of a container. The engine mounts them {@code noexec,nosuid,nodev} unless an option says
 * otherwise, and as large as half the memory unless a size is given.
 */
final class MemoryMountReader {
    private static final String SIZE = "size=";
    private static final Set<String> WEAKENING = Set.of("exec", "suid", "dev");

    private MemoryMountReader() {}

    static List<MemoryMount> read(GoValue host, EngineNotation notation) {
        List<MemoryMount> mounts = new ArrayList<>();
        for (Map.Entry<String, GoValue> tmpfs : host.field("Tmpfs").members().entrySet()) {
            mounts.add(tmpfs(tmpfs.getValue(), notation.tmpfsOptions()));
        }
        for (GoValue mount : host.field("Mounts").elements()) {
            if (mount.field("Type").text().equals("tmpfs")) {
                mounts.add(mount(mount));
            }
        }
        return mounts;
    }

    /** Options in one text: {@code rw,exec,size=64m}; of several that contradict each other the last counts. */
    private static MemoryMount tmpfs(GoValue options, Notation<String> notation) {
        List<Setting.Declared<String>> weakening = new ArrayList<>();
        Setting<String> size = new Setting.Absent<>(
                options.path(),
                (path, bytes) -> notation.edit(
                        path, options.text().isEmpty() ? SIZE + bytes : options.text() + "," + SIZE + bytes));
        String unknown = options.unknown();
        if (unknown != null) {
            return new MemoryMount(options.path(), weakening, new Setting.Inexpressible<>(unknown));
        }
        for (String option : options.text().split(",", -1)) {
            if (option.startsWith(SIZE)) {
                String value = option.substring(SIZE.length());
                size = new Setting.Declared<>(value, options.path(), options.text(), Notation.plain());
            } else if (WEAKENING.contains(option)) {
                weakening.add(new Setting.Declared<>(option, options.path(), options.text(), Notation.plain()));
            } else if (option.startsWith("no")) {
                weakening.removeIf(earlier -> option.equals("no" + earlier.value()));
            }
        }
        return new MemoryMount(options.path(), weakening, size);
    }

    private static MemoryMount mount(GoValue mount) {
        GoValue options = mount.field("TmpfsOptions");
        List<Setting.Declared<String>> weakening = new ArrayList<>();
        for (GoValue option : options.field("Options").elements()) {
            if (!option.elements().isEmpty()
                    && WEAKENING.contains(option.elements().getFirst().text())) {
                String name = option.elements().getFirst().text();
                weakening.add(new Setting.Declared<>(name, option.path(), List.of(name), Notation.plain()));
            }
        }
        GoValue bytes = options.field("SizeBytes");
        String unknown = bytes.unknown();
        if (unknown != null) {
            return new MemoryMount(mount.path(), weakening, new Setting.Inexpressible<>(unknown));
        }
        FieldPath path = bytes.path();
        Notation<String> notation = (at, size) -> new Edit.Set(at, Long.valueOf(size));
        Setting<String> size = bytes.number() == 0
                ? new Setting.Absent<>(path, notation)
                : new Setting.Declared<>(Long.toString(bytes.number()), path, bytes.number(), notation);
        return new MemoryMount(mount.path(), weakening, size);
    }
}
