package dev.portcullis.docker.run;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Fix;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Printable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to do about a finding in the words of {@code docker run}: its flags for the fields of a container-create body. */
public final class RunFlags {
    /** How a text begins that names flags to be added. */
    public static final String ADD = "add ";

    private static final String HOST_CONFIG = "/hostconfig/";

    /** Of each field below {@code HostConfig}, or at the top, the flag that says it; keys in lower case. */
    private static final Map<String, String> FLAGS = Map.ofEntries(
            Map.entry("privileged", "--privileged"),
            Map.entry("capadd", "--cap-add"),
            Map.entry("capdrop", "--cap-drop"),
            Map.entry("securityopt", "--security-opt"),
            Map.entry("maskedpaths", "--security-opt systempaths=unconfined"),
            Map.entry("readonlypaths", "--security-opt systempaths=unconfined"),
            Map.entry("readonlyrootfs", "--read-only"),
            Map.entry("pidmode", "--pid"),
            Map.entry("ipcmode", "--ipc"),
            Map.entry("networkmode", "--network"),
            Map.entry("utsmode", "--uts"),
            Map.entry("usernsmode", "--userns"),
            Map.entry("cgroupnsmode", "--cgroupns"),
            Map.entry("cgroupparent", "--cgroup-parent"),
            Map.entry("binds", "--volume"),
            Map.entry("mounts", "--mount"),
            Map.entry("volumes", "--volume"),
            Map.entry("volumesfrom", "--volumes-from"),
            Map.entry("tmpfs", "--tmpfs"),
            Map.entry("devices", "--device"),
            Map.entry("devicecgrouprules", "--device-cgroup-rule"),
            Map.entry("devicerequests", "--gpus"),
            Map.entry("portbindings", "--publish"),
            Map.entry("publishallports", "--publish-all"),
            Map.entry("sysctls", "--sysctl"),
            Map.entry("ulimits", "--ulimit"),
            Map.entry("restartpolicy", "--restart"),
            Map.entry("runtime", "--runtime"),
            Map.entry("logconfig", "--log-driver"),
            Map.entry("pidslimit", "--pids-limit"),
            Map.entry("memory", "--memory"),
            Map.entry("nanocpus", "--cpus"),
            Map.entry("cpuquota", "--cpu-quota"),
            Map.entry("user", "--user"),
            Map.entry("env", "--env"),
            Map.entry("healthcheck", "--health-cmd"));

    private static final Pattern UNQUOTED = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final String SET = "set it to ";
    private static final int LONGEST_VALUE = 60;
    private static final long MEBIBYTE = 1 << 20;
    private static final int BILLIONTHS = 9;

    private RunFlags() {}

    /** What to write, or to leave out; empty where no flag says it. */
    public static String of(Finding finding) {
        if (finding.path() == null) {
            return "";
        }
        Fix fix = finding.fix();
        if (fix != null) {
            List<String> flags = new ArrayList<>();
            for (Edit edit : fix.edits()) {
                flag(edit).ifPresent(flags::add);
            }
            if (flags.size() == fix.edits().size()) {
                return ADD + String.join(" ", flags);
            }
        }
        String flag = FLAGS.get(field(pointer(finding.path().pointer())));
        if (flag == null) {
            return "";
        }
        String remedy = finding.remedy();
        if (remedy.isEmpty() || remedy.startsWith("remove") || remedy.equals("set it to false")) {
            return "leave out " + flag + said(finding, flag);
        }
        return remedy.startsWith(SET)
                ? "use " + flag + " " + remedy.substring(SET.length()).replace("\"", "")
                : flag + ": " + remedy;
    }

    /** Which of several it is. */
    private static String said(Finding finding, String flag) {
        return finding.value() instanceof String value && flag.indexOf(' ') < 0
                ? " " + Printable.text(quoted(value), LONGEST_VALUE)
                : "";
    }

    /** The flags that say what an edit writes; empty where none does. */
    static Optional<String> flag(Edit edit) {
        String pointer = pointer(edit.path().pointer());
        Object value = switch (edit) {
            case Edit.Set set -> set.value();
            case Edit.Append append -> append.value();
            case Edit.Remove none -> "";
        };
        String flag = FLAGS.get(field(pointer));
        boolean whole = pointer.indexOf('/') < 0;
        if (flag == null || value.equals("") || edit instanceof Edit.Remove) {
            return Optional.empty();
        }
        return switch (field(pointer)) {
            case "readonlyrootfs" -> Optional.of(flag);
            case "pidslimit", "user", "cgroupnsmode", "usernsmode", "ipcmode", "runtime", "cpuquota" ->
                Optional.of(flag + " " + quoted(value));
            case "memory" -> Optional.of(flag + " " + bytes(value));
            case "nanocpus" ->
                Optional.of(flag + " "
                        + BigDecimal.valueOf(((Number) value).longValue(), BILLIONTHS)
                                .stripTrailingZeros()
                                .toPlainString());
            case "capdrop", "securityopt" -> Optional.of(each(flag, value));
            case "binds" -> Optional.of(flag + " " + quoted(value));
            case "restartpolicy" ->
                pointer.endsWith("/maximumretrycount") ? Optional.of(flag + " on-failure:" + value) : Optional.empty();
            case "logconfig" -> pointer.endsWith("/type") ? Optional.of(flag + " " + quoted(value)) : Optional.empty();
            case "tmpfs" -> whole ? Optional.empty() : Optional.of(flag + " " + quoted(directory(edit) + ":" + value));
            default -> Optional.empty();
        };
    }

    private static String each(String flag, Object value) {
        List<?> values = value instanceof List<?> list ? list : List.of(value);
        List<String> flags = new ArrayList<>();
        values.forEach(one -> flags.add(flag + " " + quoted(one)));
        return String.join(" ", flags);
    }

    private static String bytes(Object value) {
        long bytes = ((Number) value).longValue();
        return bytes % MEBIBYTE == 0 ? bytes / MEBIBYTE + "m" : Long.toString(bytes);
    }

    /** The last step of the path, as it is spelled. */
    private static String directory(Edit edit) {
        String pointer = edit.path().pointer();
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }

    /** As a shell takes it for one word. */
    static String quoted(Object value) {
        String text = value.toString();
        return UNQUOTED.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** From {@code HostConfig}, or what {@code docker inspect} prints as {@code Config}, on. */
    private static String pointer(String pointer) {
        String lower = pointer.toLowerCase(Locale.ROOT);
        for (String start : List.of(HOST_CONFIG, "/config/")) {
            if (lower.startsWith(start)) {
                return lower.substring(start.length());
            }
        }
        return lower.isEmpty() ? "" : lower.substring(1);
    }

    private static String field(String pointer) {
        int slash = pointer.indexOf('/');
        return slash < 0 ? pointer : pointer.substring(0, slash);
    }
}
