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

final class ImageImport implements ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "image-import",
            1,
            Severity.MEDIUM,
            "No image is brought in from an archive",
            "An image from an archive comes from no registry: nobody scanned it, and its name may be that of an image that others trust.",
            null,
            Fields.in(Form.ENGINE_REQUEST, "POST /images/load, POST /images/create without fromImage"),
            List.of(),
            List.of());

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Act act, Criteria criteria, Findings findings) {
        Forbidden.judge(act, Deed.ImageImport.class, "brings in an image that comes from no registry", findings);
    }
}
