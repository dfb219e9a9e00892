package dev.portcullis.inspection;

import dev.portcullis.docker.compose.Surroundings;
import dev.portcullis.document.Document;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the workloads of a text without judging them. */
public final class WorkloadDocuments {
    private static final List<DocumentReader> READERS =
            List.of(new KubernetesDocuments(), new ComposeDocuments(), new InspectedContainers(), new CreateBodies());

    private WorkloadDocuments() {}

    /**
     * The workloads of all documents of a text, in their order; those that hold none are passed over.
     *
     * @param source where the text came from, as the user named it
     * @throws UnreadableException where it is neither JSON nor YAML
     * @throws IllegalArgumentException where a platform would not take one of them; the message says where and why
     */
    public static List<Workload> read(@Nullable String source, byte[] text, Surroundings surroundings)
            throws UnreadableException {
        List<Workload> workloads = new ArrayList<>();
        for (Yaml.Result result : Yaml.readEach(text, Integer.MAX_VALUE, Inspector::dialect)) {
            switch (result) {
                case Yaml.Read read -> add(source, read.document(), surroundings, workloads);
                case Yaml.Unread unread -> throw unread.error();
            }
        }
        return workloads;
    }

    private static void add(
            @Nullable String source, Document document, Surroundings surroundings, List<Workload> workloads) {
        JsonNode root = document.root();
        DocumentReader.Origin origin = new DocumentReader.Origin(source, document.positions(), surroundings);
        for (DocumentReader reader : READERS) {
            if (reader.recognizes(root)) {
                reader.read(root, origin).forEach(item -> add(item, workloads));
                return;
            }
        }
    }

    private static void add(DocumentReader.Item item, List<Workload> workloads) {
        if (item instanceof DocumentReader.Malformed malformed) {
            String place = malformed.path().equals(FieldPath.ROOT)
                    ? ""
                    : malformed.path().field() + " ";
            throw new IllegalArgumentException(place + malformed.problem());
        }
        if (item instanceof DocumentReader.Found found && found.matter() instanceof Workload workload) {
            workloads.add(workload);
        }
    }
}
