package dev.portcullis.registration;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Keeps gates from registering until it expires: a Lease, so that {@code kubectl get lease} shows who opened the gate. */
record Hold(KubernetesClient client, String namespace) {
    static final String LEASE = "portcullis-hold";

    /** Until when gates hold off; null where none is in force. */
    @Nullable Instant until(Instant now) {
        Lease lease = client.leases().inNamespace(namespace).withName(LEASE).get();
        if (lease == null
                || lease.getSpec() == null
                || lease.getSpec().getAcquireTime() == null
                || lease.getSpec().getLeaseDurationSeconds() == null) {
            return null;
        }
        Instant until = lease.getSpec()
                .getAcquireTime()
                .toInstant()
                .plusSeconds(lease.getSpec().getLeaseDurationSeconds());
        return until.isAfter(now) ? until : null;
    }

    /** Begins one, in the place of any before. */
    void begin(String who, Instant now, Duration duration) {
        Lease lease = new LeaseBuilder()
                .withNewMetadata()
                .withName(LEASE)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(who)
                .withAcquireTime(now.atZone(ZoneOffset.UTC))
                .withLeaseDurationSeconds(Math.toIntExact(duration.toSeconds()))
                .endSpec()
                .build();
        client.resource(lease).unlock().createOr(existing -> existing.update());
    }

    /** Ends it, if there is one. */
    void end() {
        client.leases().inNamespace(namespace).withName(LEASE).delete();
    }
}
