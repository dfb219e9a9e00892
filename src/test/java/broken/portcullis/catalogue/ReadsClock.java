package broken.portcullis.catalogue;

import broken.portcullis.check.KnowsCatalogue;
import java.time.Instant;
import java.util.List;

/** Answers by the time of day. */
public record ReadsClock(List<KnowsCatalogue> checks) {
    boolean isLate() {
        return Instant.now().getEpochSecond() > 0;
    }
}
