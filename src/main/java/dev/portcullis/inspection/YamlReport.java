package dev.portcullis.inspection;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The report form as YAML, in ASCII. */
public final class YamlReport implements ReportWriter {
    private final PrintWriter out;
    private final Yaml yaml;
    private boolean empty = true;
    private @Nullable BenchComparison comparison;

    /** Writes one. */
    public YamlReport(PrintWriter out) {
        this.out = out;
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(false);
        yaml = new Yaml(options);
    }

    @Override
    public void add(Inspection inspection) {
        ObjectNode result = JsonReport.result(inspection);
        if (result != null) {
            if (empty) {
                out.print("results:\n");
                empty = false;
            }
            yaml.dump(List.of(values(result)), out);
        }
    }

    @Override
    public void compare(BenchComparison told) {
        comparison = told;
    }

    @Override
    public void end(Tally tally) {
        if (empty) {
            out.print("results: []\n");
        }
        out.print("ignored: " + tally.ignored() + "\n");
        yaml.dump(Map.of("summary", values(JsonReport.summary(tally))), out);
        if (comparison != null) {
            yaml.dump(Map.of("dockerBench", values(JsonReport.dockerBench(comparison))), out);
        }
        out.flush();
    }

    private static Map<?, ?> values(ObjectNode node) {
        return JsonMapper.shared().convertValue(node, Map.class);
    }
}
