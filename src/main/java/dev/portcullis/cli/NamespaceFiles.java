package dev.portcullis.cli;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.inspection.NamespaceDocuments;
import dev.portcullis.kubernetes.ClusterKnowledge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Reads what describes namespaces. */
final class NamespaceFiles {
    private NamespaceFiles() {}

    /**
     * Those of a file that holds some.
     *
     * @throws IllegalArgumentException where it cannot be read, or holds none
     */
    static NamespaceDocuments read(Path file) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + ": is a folder: name a file");
        }
        try (InputStream content = Files.newInputStream(file)) {
            return read(file.toString(), content);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(file + ": no such file", missing);
        } catch (IOException failed) {
            throw new IllegalArgumentException(file + ": cannot be read: " + failed.getMessage(), failed);
        }
    }

    /**
     * The same of what is open already.
     *
     * @throws IllegalArgumentException where it cannot be read, or holds none
     */
    static NamespaceDocuments read(String source, InputStream content) {
        NamespaceDocuments namespaces = new NamespaceDocuments(ClusterKnowledge.NONE);
        try {
            for (Yaml.Result result : Yaml.readEach(Inputs.bytes(content), Integer.MAX_VALUE)) {
                if (result instanceof Yaml.Unread unread) {
                    throw unread.error();
                }
                namespaces.learn(List.of(result));
            }
        } catch (UnreadableException | IOException unreadable) {
            throw new IllegalArgumentException(source + ": " + unreadable.getMessage(), unreadable);
        }
        if (namespaces.described().isEmpty()) {
            throw new IllegalArgumentException(
                    source + ": holds no Namespace; give what kubectl get namespaces -o yaml prints");
        }
        return namespaces;
    }

    /** Those that inputs of a check describe; what cannot be read is left for the check to tell. */
    static NamespaceDocuments amongst(List<String> paths, ClusterKnowledge others) {
        NamespaceDocuments namespaces = new NamespaceDocuments(others);
        for (String named : paths) {
            // Standard input and pipes can be read once only, by the check, which knows the namespaces of each text.
            if (!named.equals("-")) {
                Path path = Path.of(named);
                Set<Path> files = Files.isDirectory(path)
                        ? FolderFiles.below(path, FolderFiles::isYamlOrJson).files()
                        : Set.of(path);
                files.forEach(file -> learn(file, namespaces));
            }
        }
        return namespaces;
    }

    private static void learn(Path file, NamespaceDocuments namespaces) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (InputStream content = Files.newInputStream(file)) {
            byte[] text = Inputs.bytes(content);
            if (mentionsNamespaces(text)) {
                namespaces.learn(Yaml.readEach(text, Integer.MAX_VALUE));
            }
        } catch (IOException | UnreadableException untold) {
            // The check reads it again, and tells.
        }
    }

    /** Most files do not, and need not be parsed twice. */
    private static boolean mentionsNamespaces(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1).contains("Namespace");
    }
}
