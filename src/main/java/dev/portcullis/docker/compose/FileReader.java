package dev.portcullis.docker.compose;

import dev.portcullis.docker.compose.Value.Kind;
import dev.portcullis.workload.FieldPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads one compose file with what it includes and extends; a service that is wrong does not hide the others. */
final class FileReader {
    /** Inclusions below each other, and services that extend each other. */
    static final int DEEPEST = 32;

    private static final List<String> SERVICES = List.of("services", "jobs");
    private static final List<String> SHARED = List.of("volumes", "networks", "secrets", "configs");

    private final Source source;
    private final int depth;
    private final Map<String, Value> own = new LinkedHashMap<>();
    private final Map<String, Value> services = new LinkedHashMap<>();
    private final Map<String, ComposeException> problems = new LinkedHashMap<>();
    private final Map<String, FileReader> bases = new LinkedHashMap<>();
    private Value shared = Value.nothing(FieldPath.ROOT);
    private final Bounds bounds;
    private final Merge merge;

    private FileReader(Source source, int depth, Bounds bounds) {
        this.source = source;
        this.depth = depth;
        this.bounds = bounds;
        this.merge = new Merge(bounds);
    }

    /** Reads a file. */
    static FileReader read(Source source, int depth, Bounds bounds) throws ComposeException {
        FileReader reader = new FileReader(source, depth, bounds);
        reader.readOwn();
        reader.include();
        reader.extend();
        return reader;
    }

    Map<String, Value> services() {
        return services;
    }

    Map<String, ComposeException> problems() {
        return problems;
    }

    Value shared() {
        return shared;
    }

    private void readOwn() throws ComposeException {
        if (!source.root().isObject()) {
            throw new ComposeException(source.path(), "is no mapping", "write a mapping with services");
        }
        for (String section : SERVICES) {
            JsonNode node = source.root().path(section);
            FieldPath at = source.path().child(section);
            if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
                throw new ComposeException(at, "is no mapping", "write a mapping from names to services");
            }
            for (Map.Entry<String, JsonNode> service : node.properties()) {
                readService(service.getKey(), service.getValue(), at.child(service.getKey()));
            }
        }
        Map<String, Value> sections = new LinkedHashMap<>();
        for (String section : SHARED) {
            JsonNode node = source.root().path(section);
            sections.put(
                    section,
                    source.value(
                            node.isMissingNode() ? JsonNodeFactory.instance.nullNode() : node,
                            source.path().child(section)));
        }
        shared = Value.mapping(source.path(), sections, null);
    }

    private void readService(String name, JsonNode node, FieldPath at) {
        try {
            Value service = source.value(node, at);
            if (service.isReset()) {
                return;
            }
            if (!service.is(Kind.MAPPING)) {
                throw new ComposeException(at, "is no mapping", "write the service as a mapping");
            }
            own.put(name, service);
        } catch (ComposeException wrong) {
            problems.put(name, wrong);
        }
    }

    private void include() throws ComposeException {
        JsonNode node = source.root().path("include");
        if (node.isMissingNode() || node.isNull()) {
            return;
        }
        Value include = source.value(node, source.path().child("include"));
        if (!include.is(Kind.LIST)) {
            throw new ComposeException(include.path(), "is no list", "write a list of files");
        }
        for (Value entry : include.elements()) {
            include(entry);
        }
    }

    private void include(Value entry) throws ComposeException {
        Value paths = entry.is(Kind.MAPPING) ? entry.member("path") : entry;
        List<Value> files = paths.is(Kind.LIST) ? paths.elements() : List.of(paths);
        String unknown = entry.unknown();
        Surroundings.Location location = source.location();
        if (unknown != null || location == null) {
            hide(entry, unknown == null ? unreadable(entry.path()) : unknown);
            return;
        }
        if (depth >= DEEPEST) {
            throw new ComposeException(entry.path(), "includes too deep", "include at most " + DEEPEST + " levels");
        }
        String folder = entry.member("project_directory").text();
        if (files.isEmpty()) {
            throw new ComposeException(paths.path(), "names no file", "name one, or take the entry out");
        }
        Surroundings.Location project =
                beside(location, folder.isEmpty() ? files.getFirst().text() : folder + "/-", entry);
        Variables variables = included(entry, location, project);
        @Nullable FileReader merged = null;
        for (Value file : files) {
            bounds.file(file.path());
            FileReader next = read(
                    new Renamed(Source.of(file.text(), location, variables, file.path()), project).source(),
                    depth + 1,
                    bounds);
            if (merged == null) {
                merged = next;
            } else {
                merged.over(next);
            }
        }
        if (merged != null) {
            merged.settle(new RelativePaths(project.folder()));
            below(merged);
        }
    }

    private static Surroundings.Location beside(Surroundings.Location location, String file, Value entry)
            throws ComposeException {
        try {
            return location.beside(file);
        } catch (IOException e) {
            throw new ComposeException(
                    entry.path(),
                    "names " + ComposeException.quoted(file) + ", which is " + e.getMessage(),
                    "correct the name");
        }
    }

    /** A file whose relative paths start from the project's folder, not from its own. */
    private record Renamed(Source of, Surroundings.Location project) {
        Source source() {
            return new Source(of.name(), of.root(), of.tags(), of.path(), project, of.variables());
        }
    }

    private Variables included(Value entry, Surroundings.Location location, Surroundings.Location project)
            throws ComposeException {
        Value named = entry.is(Kind.MAPPING) ? entry.member("env_file") : Value.nothing(entry.path());
        Map<String, String> values = new LinkedHashMap<>(Source.environment(project, entry.path()));
        for (Value file : named.is(Kind.LIST) ? named.elements() : List.of(named)) {
            if (!file.is(Kind.NOTHING) && !file.text().equals("/dev/null")) {
                values.putAll(EnvironmentFile.read(location, file, values));
            }
        }
        values.putAll(Source.environment(location, entry.path()));
        return new Variables(values);
    }

    private void over(FileReader next) throws ComposeException {
        shared = merge.files(shared, next.shared);
        for (Map.Entry<String, Value> entry : next.services.entrySet()) {
            Value base = services.get(entry.getKey());
            services.put(entry.getKey(), base == null ? entry.getValue() : merge.services(base, entry.getValue()));
        }
        problems.putAll(next.problems);
    }

    private void settle(RelativePaths paths) {
        services.replaceAll((name, service) -> paths.ofService(service));
        shared = paths.ofShared(shared);
    }

    private void below(FileReader included) throws ComposeException {
        shared = merge.files(included.shared, shared);
        for (Map.Entry<String, Value> entry : included.services.entrySet()) {
            Value over = own.get(entry.getKey());
            own.put(entry.getKey(), over == null ? entry.getValue() : merge.services(entry.getValue(), over));
        }
        problems.putAll(included.problems);
    }

    /** What an unknown file may add to every service, and the services that it brings. */
    private void hide(Value entry, String why) throws ComposeException {
        Value unknown = Value.unknown(entry.path(), why);
        for (Map.Entry<String, Value> service : own.entrySet()) {
            service.setValue(merge.services(unknown, service.getValue()));
        }
        shared = merge.files(unknown, shared);
        own.put("(included)", Value.mapping(entry.path(), new LinkedHashMap<>(), why));
    }

    private static String unreadable(FieldPath path) {
        return path.field()
                + " names another file, which is not read here: portcullis check reads it where the files are";
    }

    private void extend() {
        for (String name : own.keySet()) {
            try {
                services.put(name, extended(name, new ArrayList<>()));
            } catch (ComposeException wrong) {
                problems.put(name, wrong);
            }
        }
    }

    private Value extended(String name, List<String> chain) throws ComposeException {
        Value service = own.get(name);
        ComposeException problem = problems.get(name);
        if (service == null || problem != null) {
            throw problem != null
                    ? problem
                    : new ComposeException(source.path(), "has no service " + ComposeException.quoted(name), "add it");
        }
        Value extension = service.member("extends");
        if (extension.is(Kind.NOTHING)) {
            return service.without("extends");
        }
        String step = source.name() + " " + name;
        if (chain.contains(step) || chain.size() >= DEEPEST) {
            throw new ComposeException(
                    extension.path(),
                    chain.contains(step) ? "leads back to itself" : "extends too deep",
                    "extend at most " + DEEPEST + " services, none twice");
        }
        chain.add(step);
        Value merged = merge.services(base(name, extension, chain), service.without("extends"));
        return merged.at(service.path()).without("extends");
    }

    private Value base(String name, Value extension, List<String> chain) throws ComposeException {
        Value file = extension.is(Kind.MAPPING) ? extension.member("file") : Value.nothing(extension.path());
        Value of = extension.is(Kind.MAPPING) ? extension.member("service") : extension;
        String base = of.is(Kind.NOTHING) ? name : of.text();
        String unknown = extension.unknown();
        if (unknown != null) {
            return Value.unknown(extension.path(), unknown);
        }
        if (file.is(Kind.NOTHING)) {
            if (!own.containsKey(base) && !problems.containsKey(base)) {
                throw new ComposeException(
                        of.path(),
                        "names " + ComposeException.quoted(base) + ", which is no service here",
                        "correct it");
            }
            return extended(base, chain);
        }
        Surroundings.Location location = source.location();
        if (location == null) {
            return Value.unknown(extension.path(), unreadable(file.path()));
        }
        FileReader other = bases.get(file.text());
        if (other == null) {
            bounds.file(file.path());
            other = new FileReader(Source.of(file.text(), location, source.variables(), file.path()), depth, bounds);
            other.readOwn();
            bases.put(file.text(), other);
        }
        if (!other.own.containsKey(base) && !other.problems.containsKey(base)) {
            throw new ComposeException(
                    of.path(),
                    "names " + ComposeException.quoted(base) + ", which is no service of " + file.text(),
                    "correct it");
        }
        Surroundings.Location there = other.source.location();
        Value extended = other.extended(base, chain);
        return there == null ? extended : new RelativePaths(there.folder()).ofService(extended);
    }
}
