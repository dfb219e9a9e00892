package dev.portcullis.cluster;

import dev.portcullis.kubernetes.OwnerReference;
import java.time.Instant;

/**
 * A pod that was denied to its controller.
 *
 * @param controller as the pod names it, true or not
 * @param note what people read: why
 */
public record PodsDenied(String namespace, OwnerReference controller, String note, Instant at) {}
