package dev.portcullis.policy;

import dev.portcullis.workload.Workload;

/**
 * A controller to which something that is judged belongs for certain: the cluster has it under the uid that was named.
 *
 * @param pod what its template describes, with paths as in a pod
 * @param object the same as the tree that rules see
 */
public record Owner(String kind, String name, Workload pod, Object object) {}
