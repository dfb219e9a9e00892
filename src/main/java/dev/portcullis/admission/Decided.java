package dev.portcullis.admission;

import dev.portcullis.kubernetes.AdmissionRequest;
import dev.portcullis.policy.Report;
import java.time.Duration;

/**
 * A request that was judged.
 *
 * @param body the review as it came
 * @param took from its last byte to the decision
 */
@SuppressWarnings("ArrayRecordComponent") // handed on without a copy; compared by nobody
public record Decided(AdmissionRequest request, byte[] body, Report report, Duration took) {}
