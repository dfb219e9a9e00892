package dev.portcullis.docker;

import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import java.util.List;

/** What a mount says about writing. */
final class MountAccess {
    private MountAccess() {}

    /** What a mode says about writing; written anew it is {@code head:mode}. */
    static Setting<Boolean> readOnly(GoValue mount, String head, String mode) {
        List<String> options = List.of(mode.split(",", -1));
        List<String> others = options.stream()
                .filter(option -> !option.isEmpty() && !option.equals("ro") && !option.equals("rw"))
                .toList();
        Notation<Boolean> notation = (path, only) -> {
            String access = only ? "ro" : "rw";
            return new Edit.Set(
                    path, head + ":" + (others.isEmpty() ? access : String.join(",", others) + "," + access));
        };
        return options.contains("ro") || options.contains("rw")
                ? new Setting.Declared<>(options.contains("ro"), mount.path(), mount.text(), notation)
                : new Setting.Absent<>(mount.path(), notation, false);
    }

    /** Since 25.0 engines make what is below a read-only mount read-only too, where the kernel can and nothing forbids it. */
    static Setting<Boolean> submounts(FieldPath path) {
        return new Setting.Absent<>(path, Notation.inverted(), true);
    }
}
