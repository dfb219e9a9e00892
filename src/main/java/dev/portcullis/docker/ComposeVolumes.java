package dev.portcullis.docker;

import dev.portcullis.docker.compose.ComposeException;
import dev.portcullis.docker.compose.Project;
import dev.portcullis.docker.compose.Value;
import dev.portcullis.docker.compose.Value.Kind;
import dev.portcullis.workload.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code volumes} in short and long syntax, {@code tmpfs}, {@code secrets}, {@code configs} and {@code use_api_socket}. Of two that
 * have one target the last counts. A named volume whose driver's options open a path of the host opens it here.
 */
final class ComposeVolumes {
    private static final String SOCKET = "/var/run/docker.sock";
    private static final Set<String> PROPAGATIONS =
            Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");

    private final Project project;
    private final ComposeBody host;
    private final ComposeNotation notation;
    private final Map<String, GoValue> byTarget = new LinkedHashMap<>();

    ComposeVolumes(Project project, ComposeBody host, ComposeNotation notation) {
        this.project = project;
        this.host = host;
        this.notation = notation;
    }

    void read(Value service) throws ComposeException {
        Value volumes = service.member("volumes");
        if (volumes.is(Kind.UNKNOWN)) {
            unknown(volumes);
        }
        for (Value volume : ComposeBody.elements(volumes)) {
            if (volume.unknown() != null) {
                unknown(volume);
            } else if (volume.is(Kind.MAPPING)) {
                longForm(volume);
            } else {
                shortForm(volume);
            }
        }
        provided(service.member("secrets"), "secrets", "/run/secrets/");
        provided(service.member("configs"), "configs", "/");
        Value socket = service.member("use_api_socket");
        if (socket.is(Kind.UNKNOWN)) {
            unknown(socket);
        } else if (ComposeBody.isTrue(socket)) {
            // A socket is no less powerful read-only: runtime-socket says all there is to say.
            put(
                    SOCKET,
                    mount(socket.path()).flag("ReadOnly", text(socket.path(), "true")),
                    new Mounted("bind", SOCKET, SOCKET, socket.path()));
        }
        host.list("Mounts", Value.nothing(volumes.path()), List.copyOf(byTarget.values()));
        tmpfs(service.member("tmpfs"));
        from(service.member("volumes_from"));
    }

    /** What is mounted, all in one place of the file. */
    private record Mounted(String type, String source, String target, FieldPath path) {}

    private void unknown(Value value) {
        byTarget.put(
                value.path().pointer(),
                GoValue.unknown(host.element("Mounts"), value.path(), String.valueOf(value.unknown())));
    }

    private ComposeBody mount(FieldPath path) {
        return new ComposeBody(host.element("Mounts"), path);
    }

    private static Value text(FieldPath path, String text) {
        return Value.text(path, text);
    }

    private void put(String target, ComposeBody mount, Mounted mounted) throws ComposeException {
        mount.text("Type", text(mounted.path(), mounted.type()))
                .text("Source", text(mounted.path(), mounted.source()))
                .text("Target", text(mounted.path(), target));
        byTarget.put(target, mount.build());
    }

    /** {@code [SOURCE:]TARGET[:OPTIONS]}; a colon after one letter belongs to a Windows drive. */
    private void shortForm(Value volume) throws ComposeException {
        List<String> parts = parts(volume.text());
        if (parts.isEmpty() || parts.size() > 3 || parts.stream().anyMatch(String::isEmpty)) {
            throw ComposeBody.wrong(volume, "SOURCE:TARGET or SOURCE:TARGET:ro");
        }
        String source = parts.size() == 1 ? "" : parts.getFirst();
        String target = parts.size() == 1 ? parts.getFirst() : parts.get(1);
        List<String> options = parts.size() == 3 ? List.of(parts.get(2).split(",", -1)) : List.of();
        if (parts.size() == 2 && isDrive(source) && !target.startsWith("/") && !isDrive(target)) {
            throw new ComposeException(
                    volume.path(),
                    "is " + ComposeException.quoted(volume.text()) + ", where a single letter is a drive of Windows",
                    "give the volume a longer name");
        }
        notation.shortVolume(volume, parts.size() == 3);
        ComposeBody mount = mount(volume.path());
        boolean readOnly = false;
        for (String option : options) {
            readOnly = option.equals("ro") || (readOnly && !option.equals("rw"));
            if (PROPAGATIONS.contains(option)) {
                mount.set(
                        "BindOptions",
                        new ComposeBody(mount.type("BindOptions"), volume.path())
                                .text("Propagation", text(volume.path(), option))
                                .build());
            }
        }
        mount.flag("ReadOnly", readOnly ? text(volume.path(), "true") : Value.nothing(volume.path()));
        if (isPath(source)) {
            bind(volume, source, target, mount);
        } else {
            named(volume, source, target, mount);
        }
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean drive = i - start == 1 && Character.isLetter(text.charAt(start));
            if (text.charAt(i) == ':' && !drive) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static boolean isDrive(String path) {
        return path.matches("[A-Za-z]:.*");
    }

    private static boolean isPath(String source) {
        return source.startsWith(".")
                || source.startsWith("/")
                || source.startsWith("~")
                || source.startsWith("\\\\")
                || isDrive(source);
    }

    private void bind(Value source, String written, String target, ComposeBody mount) throws ComposeException {
        String opened = project.hostPath(written);
        FieldPath path = source.path();
        if (opened == null) {
            // It is some path of the host, but which it is only the machine it runs on knows.
            byTarget.put(
                    path.pointer(),
                    GoValue.unknown(
                            host.element("Mounts"),
                            path,
                            path.field() + " is below a folder that is not known here: portcullis check resolves it"
                                    + " where the file is"));
            return;
        }
        put(target, mount, new Mounted("bind", opened, target, path));
    }

    private void named(Value volume, String name, String target, ComposeBody mount) throws ComposeException {
        Value definition = name.isEmpty() ? Value.nothing(volume.path()) : project.shared("volumes", name);
        String unknown = definition.unknown();
        if (unknown != null) {
            byTarget.put(target, GoValue.unknown(host.element("Mounts"), volume.path(), unknown));
            return;
        }
        Value options = definition.member("driver_opts");
        if (!options.members().isEmpty()) {
            ComposeBody volumeOptions = new ComposeBody(mount.type("VolumeOptions"), definition.path());
            ComposeBody driver = new ComposeBody(volumeOptions.type("DriverConfig"), definition.path());
            driver.text("Name", definition.member("driver"));
            project.build(options);
            Map<String, GoValue> members = new LinkedHashMap<>();
            for (Map.Entry<String, Value> option : options.members().entrySet()) {
                members.put(
                        option.getKey(),
                        ComposeBody.text(driver.element("Options"), option.getValue(), opened(option)));
            }
            driver.map("Options", options, members);
            mount.set(
                    "VolumeOptions",
                    volumeOptions.set("DriverConfig", driver.build()).build());
        }
        put(target, mount, new Mounted("volume", name, target, volume.path()));
    }

    /** Docker Compose makes the device of a bound volume absolute. */
    private String opened(Map.Entry<String, Value> option) {
        String text = option.getValue().text();
        String absolute = option.getKey().equals("device") && text.startsWith(".") ? project.hostPath(text) : null;
        return absolute == null ? text : absolute;
    }

    private void longForm(Value volume) throws ComposeException {
        String type = volume.member("type").text();
        String target = volume.member("target").text();
        Value source = volume.member("source");
        if (target.isEmpty()) {
            throw new ComposeException(volume.member("target").path(), "is not set", "write where to mount it");
        }
        ComposeBody mount = mount(volume.path()).flag("ReadOnly", volume.member("read_only"));
        mount.set("BindOptions", bindOptions(mount, volume.member("bind")));
        switch (type) {
            case "bind", "npipe" -> {
                if (source.text().isEmpty()) {
                    throw new ComposeException(source.path(), "is not set", "write what to mount");
                }
                String opened = type.equals("bind") ? project.hostPath(source.text()) : source.text();
                if (opened == null) {
                    bind(source, source.text(), target, mount);
                    return;
                }
                mount.text("Type", text(volume.path(), type))
                        .text("Source", source, opened)
                        .text("Target", volume.member("target"));
                byTarget.put(target, mount.build());
            }
            case "volume" -> named(volume, source.text(), target, mount);
            case "tmpfs" -> {
                Value size = volume.at("tmpfs", "size");
                mount.set(
                        "TmpfsOptions",
                        new ComposeBody(
                                        mount.type("TmpfsOptions"),
                                        volume.member("tmpfs").path())
                                .number("SizeBytes", size, ComposeBody.bytes(size))
                                .build());
                put(target, mount, new Mounted(type, "", target, volume.path()));
            }
            case "image", "cluster" -> put(target, mount, new Mounted(type, source.text(), target, volume.path()));
            default ->
                throw new ComposeException(
                        volume.member("type").path(),
                        type.isEmpty() ? "is not set" : "is " + ComposeException.quoted(type),
                        "write bind, volume, tmpfs, image, cluster or npipe");
        }
    }

    private static GoValue bindOptions(ComposeBody mount, Value bind) throws ComposeException {
        ComposeBody options =
                new ComposeBody(mount.type("BindOptions"), bind.path()).text("Propagation", bind.member("propagation"));
        Value recursive = bind.member("recursive");
        String field = switch (recursive.text()) {
            case "disabled" -> "NonRecursive";
            case "writable" -> "ReadOnlyNonRecursive";
            case "readonly" -> "ReadOnlyForceRecursive";
            default -> "";
        };
        return field.isEmpty()
                ? options.build()
                : options.flag(field, text(recursive.path(), "true")).build();
    }

    /** Secrets and configurations that are files: Docker Compose mounts them read-only. */
    private void provided(Value list, String section, String folder) throws ComposeException {
        if (list.is(Kind.UNKNOWN)) {
            unknown(list);
        }
        for (Value entry : ComposeBody.elements(list)) {
            Value source = entry.is(Kind.MAPPING) ? entry.member("source") : entry;
            Value definition = project.shared(section, source.text());
            String unknown = entry.unknown() == null ? definition.unknown() : entry.unknown();
            Value file = definition.member("file");
            if (unknown != null) {
                unknown(Value.unknown(entry.path(), unknown));
            } else if (file.is(Kind.SCALAR)) {
                String named = entry.is(Kind.MAPPING) ? entry.member("target").text() : "";
                String target =
                        named.isEmpty() ? folder + source.text() : named.startsWith("/") ? named : folder + named;
                file(file, entry.path(), target);
            }
        }
    }

    private void file(Value file, FieldPath path, String target) throws ComposeException {
        String opened = project.hostPath(file.text());
        if (opened == null && Project.leavesFolder(file.text())) {
            unknown(Value.unknown(
                    path,
                    file.path().field() + " is no file of a folder that is known here: portcullis check resolves it"
                            + " where the file is"));
            return;
        }
        // A file beside the compose file, wherever that is, is no place of the system's.
        String source = opened == null ? "/compose/" + file.text() : opened;
        ComposeBody mount = mount(path);
        mount.flag("ReadOnly", text(path, "true"))
                .text("Type", text(path, project.isFolder(source) ? "bind" : ComposeNotation.PROVIDED_FILE))
                .text("Source", file, source)
                .text("Target", text(path, target));
        byTarget.putIfAbsent(target, mount.build());
    }

    private void tmpfs(Value tmpfs) throws ComposeException {
        Map<String, GoValue> members = new LinkedHashMap<>();
        GoType options = host.element("Tmpfs");
        if (tmpfs.is(Kind.UNKNOWN)) {
            members.put("", GoValue.unknown(options, tmpfs.path(), String.valueOf(tmpfs.unknown())));
        }
        for (Value entry : ComposeBody.elements(tmpfs)) {
            if (entry.unknown() != null) {
                members.put(
                        entry.path().pointer(),
                        GoValue.unknown(options, entry.path(), String.valueOf(entry.unknown())));
                continue;
            }
            int colon = entry.text().indexOf(':');
            String target = colon < 0 ? entry.text() : entry.text().substring(0, colon);
            notation.tmpfs(entry, target);
            members.put(
                    target,
                    ComposeBody.text(
                            options, entry, colon < 0 ? "" : entry.text().substring(colon + 1)));
        }
        host.set("Tmpfs", GoValue.map(host.type("Tmpfs"), tmpfs.path(), ComposeBody.NODES.objectNode(), members));
    }

    private void from(Value list) throws ComposeException {
        List<GoValue> elements = new ArrayList<>();
        GoType type = host.element("VolumesFrom");
        if (list.is(Kind.UNKNOWN)) {
            elements.add(GoValue.unknown(type, list.path(), String.valueOf(list.unknown())));
        }
        for (Value entry : ComposeBody.elements(list)) {
            elements.add(ComposeBody.text(type, entry, entry.text()));
        }
        host.list("VolumesFrom", Value.nothing(list.path()), elements);
    }
}
