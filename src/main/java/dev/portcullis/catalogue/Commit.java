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

final class Commit implements ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "commit",
            1,
            Severity.LOW,
            "No image is made of a container",
            "An image of a running container holds whatever came into it, secrets and changes included, and nobody can build it again.",
            null,
            Fields.in(Form.ENGINE_REQUEST, "POST /commit"),
            List.of(),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Act act, Criteria criteria, Findings findings) {
        Forbidden.judge(
                act, Deed.Commit.class, "makes an image of what a container has become, secrets included", findings);
    }
}
