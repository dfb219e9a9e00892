package dev.portcullis.profile;

import dev.portcullis.workload.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Writes Kubernetes objects that carry profiles, as YAML with comments above it. */
public final class ManifestText {
    private static final int LONGEST_COMMENT = 300;
    private static final int WIDTH = 120;

    private ManifestText() {}

    /**
     * One object.
     *
     * @param comments a line each
     */
    public static String of(List<String> comments, Map<String, Object> object) {
        StringBuilder text = new StringBuilder();
        comments.forEach(line ->
                text.append("# ").append(Printable.text(line, LONGEST_COMMENT)).append('\n'));
        return text.append(yaml().dump(object)).toString();
    }

    /**
     * A ConfigMap of files.
     *
     * @param comments a line each
     * @param name the object's
     * @param part what it holds, as a label for what installs it: {@code apparmor}
     */
    public static String configMap(
            List<String> comments, String name, String part, NavigableMap<String, String> files) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("labels", Map.of("portcullis.dev/profiles", part));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", "v1");
        object.put("kind", "ConfigMap");
        object.put("metadata", metadata);
        object.put("data", files);
        return of(comments, object);
    }

    private static Yaml yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(WIDTH);
        options.setSplitLines(false);
        options.setAllowUnicode(false);
        return new Yaml(new Literal(options), options);
    }

    /** Texts of several lines as they are. */
    private static final class Literal extends Representer {
        Literal(DumperOptions options) {
            super(options);
        }

        @Override
        protected Node representScalar(Tag tag, String value, DumperOptions.ScalarStyle style) {
            boolean lines = Tag.STR.equals(tag) && value.indexOf('\n') >= 0;
            return super.representScalar(tag, value, lines ? DumperOptions.ScalarStyle.LITERAL : style);
        }
    }
}
