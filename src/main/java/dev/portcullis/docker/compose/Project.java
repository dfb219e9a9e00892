package dev.portcullis.docker.compose;

import dev.portcullis.document.Json;
import dev.portcullis.document.Positions;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.workload.FieldPath;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Docker Compose makes of a compose file and the files around it: every service, and what they share. */
public final class Project {
    private final Map<String, Value> services = new LinkedHashMap<>();
    private final Map<String, ComposeException> problems = new LinkedHashMap<>();
    private Value shared = Value.nothing(FieldPath.ROOT);
    private Surroundings.@Nullable Location location;
    private Variables variables = new Variables(null);
    private final Bounds bounds = new Bounds();
    private final Merge merge = new Merge(bounds);
    private long written;

    private Project() {}

    /**
     * Resolves a project.
     *
     * @param root the file that is judged
     * @param tags where it bears tags of Docker Compose's own
     * @param location where it stands; null where nothing around it may be read
     * @throws ComposeException where nothing in it can be read at all
     */
    public static Project of(JsonNode root, Positions tags, Surroundings.@Nullable Location location)
            throws ComposeException {
        Source main = Source.main(root, tags, location);
        Project project = new Project();
        project.location = location;
        project.variables = main.variables();
        project.written = size(root);
        FileReader file = FileReader.read(main, 0, project.bounds);
        project.take(file);
        if (location != null) {
            for (String override : location.overrides()) {
                Source over = Source.of(override, location, main.variables(), FieldPath.ROOT);
                project.merge(FileReader.read(over, 0, project.bounds));
            }
        }
        return project;
    }

    private static long size(JsonNode node) {
        long size = 1;
        for (JsonNode part : node) {
            size += size(part);
        }
        return size;
    }

    /** Counts what a service brings, since services may share what the file says once. */
    public void build(Value value) throws ComposeException {
        bounds.build(value.path(), value.size(), written);
    }

    /** Counts ports, ranges written out. */
    public void ports(Value port, int size) throws ComposeException {
        bounds.ports(port.path(), size);
    }

    /** A service of which nothing can be judged here. */
    public static Value unjudged(Value service, String why) {
        return Value.mapping(service.path(), Map.of(), why);
    }

    private void take(FileReader file) {
        services.putAll(file.services());
        problems.putAll(file.problems());
        shared = file.shared();
    }

    private void merge(FileReader over) throws ComposeException {
        shared = merge.files(shared, over.shared());
        for (Map.Entry<String, Value> entry : over.services().entrySet()) {
            Value base = services.get(entry.getKey());
            Value merged = base == null ? entry.getValue() : merge.services(base, entry.getValue());
            services.put(entry.getKey(), base == null ? merged : merged.at(base.path()));
        }
        problems.putAll(over.problems());
    }

    /** The services that can be judged, by name. */
    public Map<String, Value> services() {
        return services;
    }

    /** Why the others cannot. */
    public Map<String, ComposeException> problems() {
        return problems;
    }

    /** A volume, network, secret or config that services share, by the name they use. */
    public Value shared(String section, String name) {
        return shared.at(section, name);
    }

    /** A command that runs in a container of its own before its service starts, with all that it takes from the service. */
    public Value hook(Value service, Value hook) throws ComposeException {
        Value inherited = service.without("volumes").without("pre_start").without("image");
        Value own = hook.without("per_replica");
        Value merged = merge.services(own.is(Value.Kind.MAPPING) ? inherited : Value.nothing(hook.path()), own);
        return own.member("image").is(Value.Kind.NOTHING) ? merge.services(service.only("image"), merged) : merged;
    }

    /**
     * The content of a JSON file without white space, as Docker Compose sends a seccomp profile.
     *
     * @return null where files may not be read
     */
    public @Nullable String compactJson(Value named, String file) throws ComposeException {
        if (location == null) {
            return null;
        }
        try {
            return Json.read(location.read(file)).toString();
        } catch (IOException | UnreadableException e) {
            throw new ComposeException(
                    named.path(),
                    "names " + ComposeException.quoted(file) + ", which cannot be read (" + e.getMessage() + ")",
                    "correct the name or the file");
        }
    }

    /** A variable of a service; one without a value has that of the environment, where it is known. */
    public Value passed(String name, Value value) {
        String outside = value.is(Value.Kind.NOTHING) ? variables.value(name) : null;
        return outside == null ? value : Value.text(value.path(), outside);
    }

    /** The variables that a file brings into a service, each in the place that names the file; none where it may not be read. */
    public Map<String, Value> environmentFile(Value entry) throws ComposeException {
        Value path = entry.is(Value.Kind.MAPPING) ? entry.member("path") : entry;
        boolean required = !entry.is(Value.Kind.MAPPING)
                || !entry.member("required").text().equals("false");
        Map<String, Value> result = new LinkedHashMap<>();
        if (location == null || entry.unknown() != null) {
            String why = entry.unknown() != null
                    ? entry.unknown()
                    : entry.path().field()
                            + " names a file, which is not read here: portcullis check reads it where it is";
            result.put(entry.path().pointer(), Value.unknown(entry.path(), why));
            return result;
        }
        try {
            EnvironmentFile.read(location, path, variables.all())
                    .forEach((name, value) -> result.put(name, Value.text(entry.path(), value)));
            bounds.build(entry.path(), result.size(), written);
        } catch (ComposeException missing) {
            if (required) {
                throw missing;
            }
        }
        return result;
    }

    /** Whether a path of the host is known to be a folder. */
    public boolean isFolder(String path) {
        return location != null && location.isFolder(path);
    }

    /** Whether a path is of the home folder, or leads out of the folder of its file. */
    public static boolean leavesFolder(String path) {
        return path.startsWith("~") || path.startsWith("/") || HostPaths.leaves(path);
    }

    /** An absolute path of the host, null where it depends on a folder that is not known. */
    public @Nullable String hostPath(String written) {
        if (written.equals("~") || written.startsWith("~/")) {
            String home = variables.value("HOME");
            return home == null ? null : home + written.substring(1);
        }
        boolean absolute = written.startsWith("/") || written.startsWith("\\") || written.matches("[A-Za-z]:.*");
        return absolute ? written : location == null ? null : HostPaths.below(location.folder(), written);
    }
}
