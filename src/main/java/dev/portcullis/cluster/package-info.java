/** A Kubernetes cluster, as the gate watches it: its policies and exemptions, its namespaces, and controllers of pods. */
@NullMarked
package dev.portcullis.cluster;

import org.jspecify.annotations.NullMarked;
