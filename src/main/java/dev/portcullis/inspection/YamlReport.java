package dev.portcullis.inspection;

import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The report form as YAML. */
public final class YamlReport {
    private YamlReport() {}

    /** The same as a JSON report. */
    public static String of(ObjectNode report) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(options).dump(JsonMapper.shared().convertValue(report, Map.class));
    }
}
