package dev.portcullis.scan;

import dev.portcullis.kubernetes.Manifests;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Report;
import java.util.function.BiConsumer;

/** Judges what a survey finds by other policies too. */
record Comparing(Judging judging, PolicySet after, BiConsumer<Report, Report> told) implements Told {
    @Override
    public void judged(Surveyed surveyed) {
        if (Manifests.read(surveyed.object(), judging.cluster()) instanceof Manifests.Pods pods) {
            told.accept(surveyed.report(), judging.judge(after, pods));
        }
    }

    @Override
    public void gone(ObjectKey key) {
        // it was there when it was told of
    }
}
