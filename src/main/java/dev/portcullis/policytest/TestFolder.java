package dev.portcullis.policytest;

import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.inspection.NamespaceDocuments;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.resource.PolicyTestFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What tests name, seen from the folder of one of them. */
final class TestFolder {
    private static final int LARGEST_FILE = 4 << 20;

    private final Path test;

    TestFolder(Path test) {
        this.test = test;
    }

    Path path(PolicyTestFile.FileName named) {
        return test.resolveSibling(named.path());
    }

    /** How messages name what a source holds. */
    String name(PolicyTestFile.Source source) {
        return switch (source) {
            case PolicyTestFile.FileName named -> path(named).toString();
            case PolicyTestFile.Inline _ -> test.toString();
        };
    }

    byte[] text(PolicyTestFile.Source source) throws UnreadableResourceException {
        return switch (source) {
            case PolicyTestFile.FileName named -> text(named);
            case PolicyTestFile.Inline inline ->
                JsonMapper.shared().writeValueAsString(inline.document()).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] text(PolicyTestFile.FileName named) throws UnreadableResourceException {
        Path file = path(named);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UnreadableResourceException(file + " is no regular file: name a file");
        }
        try (InputStream content = Files.newInputStream(file)) {
            byte[] text = content.readNBytes(LARGEST_FILE + 1);
            if (text.length > LARGEST_FILE) {
                throw new UnreadableResourceException(file + " is larger than " + (LARGEST_FILE >> 20) + " MiB");
            }
            return text;
        } catch (NoSuchFileException _) {
            throw new UnreadableResourceException(file + ": there is no such file");
        } catch (IOException failed) {
            throw new UnreadableResourceException(file + " cannot be read: " + failed.getMessage());
        }
    }

    /** The documents of a source, all of which can be read. */
    List<Yaml.Result> documents(PolicyTestFile.Source source) throws UnreadableResourceException {
        try {
            List<Yaml.Result> documents = Yaml.readEach(text(source), Integer.MAX_VALUE);
            for (Yaml.Result document : documents) {
                if (document instanceof Yaml.Unread unread) {
                    throw unread.error();
                }
            }
            return documents;
        } catch (UnreadableException unreadable) {
            throw new UnreadableResourceException(name(source) + ": " + unreadable.getMessage());
        }
    }

    /** The namespaces that a test knows. */
    ClusterKnowledge namespaces(List<PolicyTestFile.Source> sources) throws UnreadableResourceException {
        NamespaceDocuments namespaces = new NamespaceDocuments(ClusterKnowledge.NONE);
        for (PolicyTestFile.Source source : sources) {
            namespaces.learn(documents(source));
        }
        if (namespaces.described().isEmpty() && !sources.isEmpty()) {
            throw new UnreadableResourceException(name(sources.getFirst()) + " holds no Namespace");
        }
        return namespaces;
    }
}
