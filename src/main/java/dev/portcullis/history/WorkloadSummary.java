package dev.portcullis.history;

import java.util.List;

/**
 * How what runs stands as a whole.
 *
 * @param namespaces each that has any workload
 * @param checks each that finds anything, the most frequent first
 */
public record WorkloadSummary(List<Place> namespaces, List<CheckTotal> checks) {
    /**
     * A namespace.
     *
     * @param workloads how many there are
     * @param violating how many of them the gate would deny
     * @param warned how many others it would warn of
     */
    public record Place(String cluster, String namespace, long workloads, long violating, long warned) {}

    /**
     * A check in a mode.
     *
     * @param findings how many there are
     * @param workloads how many workloads they are of
     */
    public record CheckTotal(String check, String severity, String mode, long findings, long workloads) {}
}
