package dev.portcullis.check;

import dev.portcullis.workload.ImageBuild;

/** One question about an image that is to be built. */
public interface BuildCheck extends Check {
    /** Asks it, adding at least one finding. */
    void evaluate(ImageBuild build, Criteria criteria, Findings findings);
}
