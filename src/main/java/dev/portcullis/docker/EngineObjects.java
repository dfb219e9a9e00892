package dev.portcullis.docker;

import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What an engine says of the volumes and containers that another container takes things from.
 *
 * @param volumes by name, as {@code GET /volumes/{name}} prints them
 * @param containers by the name or identifier that was asked for, as {@code GET /containers/{id}/json} prints them
 */
public record EngineObjects(Map<String, JsonNode> volumes, Map<String, JsonNode> containers) {
    /** Nothing is known of any. */
    public static final EngineObjects NONE = new EngineObjects(Map.of(), Map.of());

    /**
     * The names of the volumes that a container has mounted.
     *
     * @param container as an engine prints it
     */
    public static List<String> volumesOf(JsonNode container) {
        List<String> names = new ArrayList<>();
        for (JsonNode point : container.path("Mounts")) {
            String name = point.path("Name").stringValue("");
            if (point.path("Type").stringValue("").equals("volume") && !name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    /** The paths of the host that a volume opens; none where it opens none, or nothing is known of it. */
    List<String> hostPathsOf(String volume) throws MalformedBodyException {
        JsonNode node = volumes.get(volume);
        if (node == null) {
            return List.of();
        }
        GoValue known = EngineBody.inspectedVolume(node);
        String driver = known.field("Driver").text();
        Stream<String> opened =
                VolumeDriver.hostPaths(driver, known.field("Options")).stream().map(Setting.Declared::value);
        String place = known.field("Mountpoint").text();
        boolean elsewhere = MountPoints.isElsewhere(place, volume);
        return Stream.concat(opened, elsewhere ? Stream.of(place) : Stream.of())
                .distinct()
                .toList();
    }

    /** What a container has mounted; empty where nothing is known of it. */
    Optional<Mounted> mountedBy(String container) throws MalformedBodyException {
        JsonNode node = containers.get(container);
        return node == null ? Optional.empty() : Optional.of(InspectReader.mounted(node, FieldPath.ROOT, this));
    }
}
