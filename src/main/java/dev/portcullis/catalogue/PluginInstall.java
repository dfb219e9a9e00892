package dev.portcullis.catalogue;

import dev.portcullis.check.ActCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Deed;
import dev.portcullis.workload.Form;
import java.util.List;

final class PluginInstall implements ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "plugin-install",
            1,
            Severity.CRITICAL,
            "The engine's plugins stay as they are",
            "A plugin runs as root on the host; and who switches one off may switch off what authorizes requests.",
            null,
            Fields.in(Form.ENGINE_REQUEST, "POST and DELETE below /plugins, but for push"),
            List.of(),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Act act, Criteria criteria, Findings findings) {
        Forbidden.judge(
                act,
                Deed.PluginChange.class,
                "changes the engine's plugins, which run as root on the host and may be what guards it",
                findings);
    }
}
