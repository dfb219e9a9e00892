package dev.portcullis.inspection;

import dev.portcullis.docker.InspectReader;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What {@code docker inspect} prints of containers, and of what else stands in the same list. */
final class InspectedContainers implements DocumentReader {
    @Override
    public String kind() {
        return "";
    }

    @Override
    public boolean recognizes(JsonNode root) {
        return Listing.of(root).stream().anyMatch(item -> InspectReader.isContainer(item.node()));
    }

    @Override
    public List<Item> read(JsonNode root) {
        List<Item> items = new ArrayList<>();
        for (Listing.Element element : Listing.of(root)) {
            items.add(item(element));
        }
        return items;
    }

    private static Item item(Listing.Element element) {
        if (InspectReader.isContainer(element.node())) {
            return Listing.item(element, InspectReader::container);
        }
        return InspectReader.isImage(element.node())
                ? Listing.item(element, InspectReader::image)
                : new Other("an object of the engine that is neither container nor image");
    }
}
