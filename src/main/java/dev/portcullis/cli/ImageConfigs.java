package dev.portcullis.cli;

import dev.portcullis.docker.InspectReader;
import dev.portcullis.docker.KnownImages;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.document.Document;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what {@code --image-config} names: {@code FILE} where it says itself whose it is, else {@code REFERENCE=FILE}. */
final class ImageConfigs {

    private final KnownImages known = new KnownImages();

    private ImageConfigs() {}

    /**
     * Reads all of them.
     *
     * @throws IllegalArgumentException where one cannot be read, or it does not tell which image it is of
     */
    static KnownImages read(List<String> named) {
        ImageConfigs configs = new ImageConfigs();
        named.forEach(configs::add);
        return configs.known;
    }

    private void add(String named) {
        int equals = named.indexOf('=');
        boolean withReference = equals > 0
                && !Files.exists(Path.of(named))
                && ImageReference.parse(named.substring(0, equals)).isPresent();
        String file = withReference ? named.substring(equals + 1) : named;
        try {
            List<InspectReader.NamedImage> images = images(file);
            if (withReference) {
                add(named.substring(0, equals), images);
            } else {
                images.forEach(image -> add(file, image));
            }
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("--image-config " + file + ": " + wrong.getMessage(), wrong);
        }
    }

    private void add(String reference, List<InspectReader.NamedImage> images) {
        if (images.size() != 1) {
            throw new IllegalArgumentException("it holds " + images.size()
                    + " images, so it cannot be that of one reference: give one, or leave the reference out");
        }
        known.add(reference, images.getFirst().config());
    }

    private void add(String file, InspectReader.NamedImage image) {
        if (image.names().isEmpty()) {
            throw new IllegalArgumentException(
                    "it does not say which image it is of: write --image-config REFERENCE=" + file);
        }
        image.names().forEach(name -> known.add(name, image.config()));
    }

    private static List<InspectReader.NamedImage> images(String file) {
        List<InspectReader.NamedImage> images = new ArrayList<>();
        try {
            for (Yaml.Result result : Yaml.readEach(content(file), Integer.MAX_VALUE)) {
                switch (result) {
                    case Yaml.Read read -> add(read.document(), images);
                    case Yaml.Unread unread -> throw unread.error();
                }
            }
        } catch (UnreadableException unreadable) {
            throw new IllegalArgumentException(unreadable.getMessage(), unreadable);
        }
        if (images.isEmpty()) {
            throw new IllegalArgumentException("it is empty: give what docker inspect IMAGE prints");
        }
        return images;
    }

    private static void add(Document document, List<InspectReader.NamedImage> images) {
        JsonNode root = document.root();
        if (!root.isArray()) {
            images.add(image(root, FieldPath.ROOT));
        }
        for (int i = 0; root.isArray() && i < root.size(); i++) {
            images.add(image(root.get(i), FieldPath.ROOT.index(i)));
        }
    }

    private static InspectReader.NamedImage image(@Nullable JsonNode node, FieldPath path) {
        if (node == null || !InspectReader.isImage(node)) {
            String place = path.equals(FieldPath.ROOT) ? "it" : path.field();
            throw new IllegalArgumentException(
                    place + " is no image configuration: give what docker inspect IMAGE prints,"
                            + " or REFERENCE=FILE with an OCI image configuration");
        }
        try {
            return InspectReader.knowledge(node, path);
        } catch (MalformedBodyException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
    }

    private static byte[] content(String file) {
        try (InputStream content = Files.newInputStream(Path.of(file))) {
            return Inputs.bytes(content);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("no such file", missing);
        } catch (IOException failed) {
            String remedy = Files.isDirectory(Path.of(file)) ? "it is a folder: name the files" : failed.getMessage();
            throw new IllegalArgumentException("cannot be read: " + remedy, failed);
        }
    }
}
