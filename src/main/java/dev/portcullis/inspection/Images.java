package dev.portcullis.inspection;

import dev.portcullis.docker.InspectReader;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Configurations of images: what {@code docker inspect} prints of them, and OCI image configurations. */
final class Images implements DocumentReader {
    @Override
    public String kind() {
        return "Image";
    }

    @Override
    public boolean recognizes(JsonNode root) {
        return Listing.of(root).stream().anyMatch(element -> InspectReader.isImage(element.node()));
    }

    @Override
    public List<Item> read(JsonNode root) {
        return Listing.of(root).stream()
                .map(element -> Listing.item(element, InspectReader::image))
                .toList();
    }
}
