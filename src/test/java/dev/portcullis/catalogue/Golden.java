package dev.portcullis.catalogue;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Result;
import dev.portcullis.workload.Edit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** What a fixture's own check, and the others that fail it too, say of it, in words that a person can read. */
final class Golden {
    private Golden() {}

    static String of(Fixture fixture) {
        Criterion criterion = fixture.criterion();
        List<Map<String, Object>> findings = criterion.judge(fixture.matter()).stream()
                .filter(finding -> finding.result() != Result.PASS)
                .filter(finding -> isAsked(finding, fixture))
                .map(Golden::finding)
                .toList();
        Map<String, Object> golden = new LinkedHashMap<>();
        golden.put("judged", criterion.toString());
        golden.put("findings", findings);
        return new Yaml(style()).dump(golden);
    }

    private static boolean isAsked(Finding finding, Fixture fixture) {
        String check = finding.check().id();
        return check.equals(fixture.check()) || fixture.header().also().contains(check);
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("check", finding.check().id());
        entry.put("result", finding.result().id());
        if (finding.container() != null) {
            entry.put("container", finding.container());
        }
        if (finding.path() != null) {
            entry.put("field", finding.path().field());
        }
        entry.put("message", finding.message());
        if (finding.fix() != null && !finding.fix().overwrites()) {
            entry.put("fix", fix(finding.fix()));
        }
        return entry;
    }

    private static Map<String, Object> fix(Fix fix) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("safe", fix.safe());
        entry.put("edits", fix.edits().stream().map(Golden::edit).toList());
        return entry;
    }

    private static Map<String, Object> edit(Edit edit) {
        Map<String, Object> entry = new LinkedHashMap<>();
        switch (edit) {
            case Edit.Set set -> {
                entry.put("set", set.path().field());
                entry.put("value", set.value());
            }
            case Edit.Append append -> {
                entry.put("append", append.path().field());
                entry.put("value", append.value());
            }
            case Edit.Remove remove -> {
                entry.put("remove", remove.path().field());
                entry.put(remove.key(), remove.name());
            }
        }
        return entry;
    }

    private static DumperOptions style() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(1_000);
        return options;
    }
}
