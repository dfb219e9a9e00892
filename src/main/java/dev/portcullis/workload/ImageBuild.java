package dev.portcullis.workload;

import java.util.List;

/**
 * An image that is about to be built, as its Dockerfile says it.
 *
 * @param stages in the order in which they stand; the last one is the image unless the build asks for another
 */
public record ImageBuild(Subject subject, List<BuildStage> stages) implements Matter {}
