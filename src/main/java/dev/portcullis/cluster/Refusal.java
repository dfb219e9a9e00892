package dev.portcullis.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** What an API server answered in place of what it was asked for. */
final class Refusal {
    private Refusal() {}

    /** The status code, whatever the problem is wrapped in; 0 where there was no answer. */
    static int code(@Nullable Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException answer && answer.getCode() > 0) {
                return answer.getCode();
            }
        }
        return 0;
    }
}
