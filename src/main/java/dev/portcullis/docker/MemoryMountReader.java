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
    /** The size in pages: the kernel heeds the last of the two. */
    private static final String PAGES = "nr_blocks=";

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
            if (option.startsWith(SIZE) || option.startsWith(PAGES)) {
                String value = option.substring(option.indexOf('=') + 1);
                size = new Setting.Declared<>(
                        value, options.path(), options.text(), (path, bytes) -> new Edit.Set(path, SIZE + bytes));
            } else {
                weigh(
                        option,
                        new Setting.Declared<>(option, options.path(), options.text(), Notation.plain()),
                        weakening);
            }
        }
        return new MemoryMount(options.path(), weakening, size);
    }

    private static void weigh(
            String option, Setting.Declared<String> declared, List<Setting.Declared<String>> weakening) {
        weakening.removeIf(earlier -> option.equals(earlier.value()) || option.equals("no" + earlier.value()));
        if (WEAKENING.contains(option)) {
            weakening.add(declared);
        }
    }

    /** Options one by one; engines before API 1.46 do not know them. */
    private static MemoryMount mount(GoValue mount) {
        GoValue options = mount.field("TmpfsOptions");
        List<Setting.Declared<String>> weakening = new ArrayList<>();
        for (GoValue option : options.field("Options").elements()) {
            if (!option.elements().isEmpty()) {
                List<String> raw = option.elements().stream().map(GoValue::text).toList();
                String name = raw.getFirst();
                weigh(name, new Setting.Declared<>(name, option.path(), raw, Notation.plain()), weakening);
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
