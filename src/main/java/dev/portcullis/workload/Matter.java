package dev.portcullis.workload;

/** Something that is judged. */
public sealed interface Matter permits Workload, ImageBuild, Act {
    /** What it is. */
    Subject subject();
}
