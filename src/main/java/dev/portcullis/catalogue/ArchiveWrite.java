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

final class ArchiveWrite implements ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "archive-write",
            1,
            Severity.HIGH,
            "No files are written into containers from outside",
            "Files written by the engine go past a read-only root filesystem and past the user that the container runs as.",
            null,
            Fields.in(Form.ENGINE_REQUEST, "PUT /containers/{id}/archive"),
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
                Deed.ArchiveWrite.class,
                "writes files into the container past its read-only root filesystem and its user",
                findings);
    }
}
