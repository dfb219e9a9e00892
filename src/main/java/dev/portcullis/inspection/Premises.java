package dev.portcullis.inspection;

import dev.portcullis.docker.compose.Surroundings;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.ImageKnowledge;
import dev.portcullis.workload.NodeProfiles;
import java.time.InstantSource;

/**
 * What documents are judged from beside their text.
 *
 * @param images what is known of the images that documents name
 * @param digests what is known of where their tags point
 * @param profiles what is known of the profiles that lie on nodes and hosts
 * @param surroundings what may be read around a document
 * @param cluster what is known of namespaces, beside those that documents describe
 * @param clock by which exemptions expire
 */
public record Premises(
        ImageKnowledge images,
        ImageDigests digests,
        NodeProfiles profiles,
        Surroundings surroundings,
        ClusterKnowledge cluster,
        InstantSource clock) {
    /** Nothing but the documents themselves and the names of images. */
    public static final Premises NONE =
            new Premises(ImageKnowledge.NONE, Surroundings.NONE, ClusterKnowledge.NONE, InstantSource.system());

    /** Premises without a word on where tags point. */
    public Premises(ImageKnowledge images, Surroundings surroundings, ClusterKnowledge cluster, InstantSource clock) {
        this(images, ImageDigests.NONE, NodeProfiles.NONE, surroundings, cluster, clock);
    }

    /** The same where the namespaces of a cluster are known. */
    public Premises in(ClusterKnowledge known) {
        return new Premises(images, digests, profiles, surroundings, known, clock);
    }

    /** The same where it is known where tags point. */
    public Premises resolving(ImageDigests known) {
        return new Premises(images, known, profiles, surroundings, cluster, clock);
    }

    /** The same where the profiles of nodes are known. */
    public Premises confinedBy(NodeProfiles known) {
        return new Premises(images, digests, known, surroundings, cluster, clock);
    }
}
