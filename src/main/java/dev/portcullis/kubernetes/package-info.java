/** Kubernetes' side: reads AdmissionReviews, pods and controllers into workloads and writes the answers. */
@NullMarked
package dev.portcullis.kubernetes;

import org.jspecify.annotations.NullMarked;
