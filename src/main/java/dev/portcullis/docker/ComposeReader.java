package dev.portcullis.docker;

import dev.portcullis.docker.compose.ComposeException;
import dev.portcullis.docker.compose.Project;
import dev.portcullis.docker.compose.Surroundings;
import dev.portcullis.docker.compose.Value;
import dev.portcullis.document.Positions;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads compose files, each service as the container that Docker Compose would start for it, whatever its profiles: any of
 * them may be started. Jobs, and commands that run in a container of their own before a service starts, are read alike.
 */
public final class ComposeReader {
    /** The services that one file may bring together. */
    static final int MOST_SERVICES = 10_000;

    private static final Set<String> ROOT_KEYS = Set.of(
            "version", "name", "include", "services", "jobs", "networks", "volumes", "secrets", "configs", "models");

    private ComposeReader() {}

    /** One service. */
    public sealed interface Item {
        /** Where it stands. */
        FieldPath path();
    }

    /** A service that can be judged. */
    public record Service(FieldPath path, Workload workload) implements Item {}

    /** One that Docker Compose would not take. */
    public record Malformed(FieldPath path, String problem) implements Item {}

    /** Whether the keys of a document's root are those of a compose file. */
    public static boolean isComposeFile(Set<String> rootKeys) {
        boolean services = rootKeys.contains("services");
        // Other tools include files too, with keys of their own beside that.
        boolean includes = rootKeys.contains("include")
                && rootKeys.stream().allMatch(key -> ROOT_KEYS.contains(key) || isNote(key));
        return (services || includes) && !rootKeys.contains("apiVersion") && !rootKeys.contains("kind");
    }

    private static boolean isNote(String key) {
        return key.startsWith("x-");
    }

    /** Whether a document is a compose file. */
    public static boolean looksLikeComposeFile(JsonNode root) {
        return root.isObject()
                && isComposeFile(Set.copyOf(root.propertyNames()))
                && (root.has("services")
                        ? root.path("services").isObject()
                                || root.path("services").isNull()
                        : root.path("include").isArray());
    }

    /**
     * Reads every service.
     *
     * @param tags where the file bears tags of Docker Compose's own
     * @param location where the file stands; null where nothing around it may be read
     */
    public static List<Item> read(JsonNode root, Positions tags, Surroundings.@Nullable Location location) {
        List<Item> items = new ArrayList<>();
        try {
            Project project = Project.of(root, tags, location);
            for (Map.Entry<String, Value> service : project.services().entrySet()) {
                if (items.size() >= MOST_SERVICES) {
                    throw new ComposeException(service.getValue().path(), "is one service too many", "split the file");
                }
                read(project, service.getKey(), service.getValue(), items);
            }
            project.problems().values().forEach(problem -> items.add(malformed(problem)));
        } catch (ComposeException wrong) {
            items.add(malformed(wrong));
        }
        return items;
    }

    private static void read(Project project, String name, Value service, List<Item> items) {
        try {
            Value provider = service.member("provider");
            if (provider.is(Value.Kind.MAPPING)) {
                Value unjudged = Project.unjudged(
                        service, provider.path().field() + " runs a program of the machine instead of a container");
                items.add(new Service(service.path(), ComposeService.read(project, name, unjudged)));
                return;
            }
            project.build(service);
            items.add(new Service(service.path(), ComposeService.read(project, name, service)));
            for (Value hook : ComposeBody.elements(service.member("pre_start"))) {
                Value whole = project.hook(service, hook);
                project.build(whole);
                items.add(new Service(hook.path(), ComposeService.read(project, name + " (pre_start)", whole)));
            }
        } catch (ComposeException wrong) {
            items.add(malformed(wrong));
        } catch (MalformedBodyException wrong) {
            items.add(new Malformed(wrong.path(), String.valueOf(wrong.getMessage())));
        }
    }

    private static Malformed malformed(ComposeException problem) {
        return new Malformed(problem.path(), String.valueOf(problem.getMessage()));
    }
}
