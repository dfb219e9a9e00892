package dev.portcullis.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code k8s-manifests} is what Helm makes of the chart, for who has no Helm. {@code -Dportcullis.docs=rewrite} writes it
 * anew: read what changed before you keep it.
 */
final class KubernetesManifestsTest {
    private static final boolean REWRITE = "rewrite".equals(System.getProperty("portcullis.docs"));
    private static final Path FOLDER = Path.of("k8s-manifests");
    private static final Pattern SOURCE = Pattern.compile("# Source: portcullis/templates/(\\S+)\n");
    private static final Pattern OF_HELM = Pattern.compile("(?m)^ *(app.kubernetes.io/managed-by|helm.sh/chart): .*\n");

    @Test
    void areTheChart() throws IOException {
        Map<String, String> rendered = rendered();
        if (REWRITE) {
            for (var file : rendered.entrySet()) {
                Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
            }
        }
        for (var file : rendered.entrySet()) {
            assertThat(FOLDER.resolve(file.getKey()))
                    .as("-Dportcullis.docs=rewrite writes it")
                    .hasContent(file.getValue());
        }
    }

    @Test
    void kustomizationListsEveryFile() throws IOException {
        List<String> listed = Chart.parse(Files.readString(FOLDER.resolve("kustomization.yaml")))
                .getFirst()
                .path("resources")
                .valueStream()
                .map(resource -> resource.asString(""))
                .toList();
        try (var files = Files.walk(FOLDER)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> FOLDER.relativize(file).toString())
                            .filter(file -> !file.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
        assertThat(listed).containsAll(rendered().keySet());
    }

    @Test
    void podsPassHardened() {
        assertThat(Judgement.failures("--profile", "hardened", FOLDER.toString()))
                .isEmpty();
        assertThat(Judgement.failures("--profile", "restricted", FOLDER.toString()))
                .isEmpty();
    }

    /** File name to contents, by the templates of the chart. */
    private static Map<String, String> rendered() {
        Map<String, StringBuilder> files = new TreeMap<>();
        for (String document : Chart.text(Chart.NEWEST, Chart.PINNED).split("(?m)^---\n", -1)) {
            var source = SOURCE.matcher(document);
            if (source.find()) {
                StringBuilder file = files.computeIfAbsent(
                        source.group(1),
                        name -> new StringBuilder("# Made of helm/portcullis by KubernetesManifestsTest.\n"));
                file.append("---\n")
                        .append(document.substring(source.end()).strip())
                        .append('\n');
            }
        }
        Map<String, String> texts = new TreeMap<>();
        files.forEach((name, text) -> texts.put(name, OF_HELM.matcher(text).replaceAll("")));
        return texts;
    }
}
