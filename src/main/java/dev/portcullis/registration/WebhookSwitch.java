package dev.portcullis.registration;

import dev.portcullis.cluster.Cluster;
import dev.portcullis.cluster.UnusableKubeconfigException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens the gate in an emergency and shuts it again, with nothing but a kubeconfig: no gate has to run for it. All that asks
 * the cluster throws a {@link SwitchException} where it refuses or cannot be reached.
 */
public final class WebhookSwitch implements AutoCloseable {
    private final KubernetesClient client;
    private final String name;
    private final @Nullable String given;
    private @Nullable String found;

    private WebhookSwitch(KubernetesClient client, String name, @Nullable String namespace) {
        this.client = client;
        this.name = name;
        this.given = namespace;
    }

    /**
     * A switch for the cluster that kubectl would speak to.
     *
     * @param kubeconfig null for {@code KUBECONFIG}, else the one in the home folder
     * @param context of the kubeconfig; null is its current one
     * @param name of the webhook configurations
     * @param namespace of the gates; null for what the configurations say, else {@code portcullis}
     * @throws SwitchException where the file is not there or is none
     */
    public static WebhookSwitch of(
            @Nullable Path kubeconfig, @Nullable String context, String name, @Nullable String namespace)
            throws SwitchException {
        try {
            return new WebhookSwitch(Cluster.clientAsKubectl(kubeconfig, context), name, namespace);
        } catch (UnusableKubeconfigException unusable) {
            throw new SwitchException(unusable.sentence(), unusable);
        }
    }

    /**
     * Opens: nothing is asked of the gates from now on, and those that run hold off until the time is over.
     *
     * @return the kinds of the configurations that were deleted
     */
    public List<String> open(String who, Instant now, Duration duration) throws SwitchException {
        return ask(() -> {
            new Hold(client, namespace()).begin(who, now, duration);
            return delete();
        });
    }

    /** Ends a hold, so that a gate that runs registers again. */
    public void shut() throws SwitchException {
        ask(() -> {
            new Hold(client, namespace()).end();
            return true;
        });
    }

    /** Until when the gate is held open; null where it is not. */
    public @Nullable Instant heldUntil(Instant now) throws SwitchException {
        return ask(() -> new Hold(client, namespace()).until(now));
    }

    /** Deletes both configurations and any hold; gives the kinds of those there were. */
    public List<String> remove() throws SwitchException {
        return ask(() -> {
            new Hold(client, namespace()).end();
            return delete();
        });
    }

    /** Whether both configurations are there. */
    public boolean isRegistered() throws SwitchException {
        return ask(() -> {
            for (Configuration configuration : Configuration.values()) {
                if (live(configuration) == null) {
                    return false;
                }
            }
            return true;
        });
    }

    /** The gate that leads, which registers; null where none has been seen within a lease's time. */
    public @Nullable String leader(Instant now) throws SwitchException {
        return ask(() -> {
            Lease lease = client.leases()
                    .inNamespace(namespace())
                    .withName(Registrar.LEASE)
                    .get();
            return lease == null ? null : holder(lease, now);
        });
    }

    /** One that let go leaves its name behind, with a second to live. */
    private static @Nullable String holder(Lease lease, Instant now) {
        LeaseSpec spec = lease.getSpec();
        boolean held = spec != null
                && spec.getRenewTime() != null
                && spec.getLeaseDurationSeconds() != null
                && spec.getRenewTime()
                        .toInstant()
                        .plusSeconds(spec.getLeaseDurationSeconds())
                        .isAfter(now);
        return held ? spec.getHolderIdentity() : null;
    }

    /** The namespace of the gates. */
    public String gatesIn() throws SwitchException {
        return ask(this::namespace);
    }

    private String namespace() {
        if (given != null) {
            return given;
        }
        if (found == null) {
            found = told();
        }
        return found;
    }

    private String told() {
        for (Configuration configuration : Configuration.values()) {
            GenericKubernetesResource live = live(configuration);
            String told = live == null || live.getMetadata().getAnnotations() == null
                    ? null
                    : live.getMetadata().getAnnotations().get(ConfigurationKeeper.NAMESPACE_ANNOTATION);
            if (told != null) {
                return told;
            }
        }
        return Registration.DEFAULT_NAME;
    }

    private @Nullable GenericKubernetesResource live(Configuration configuration) {
        return client.genericKubernetesResources(configuration.context())
                .withName(name)
                .get();
    }

    private List<String> delete() {
        List<String> deleted = new ArrayList<>();
        for (Configuration configuration : Configuration.values()) {
            boolean there = !client.genericKubernetesResources(configuration.context())
                    .withName(name)
                    .delete()
                    .isEmpty();
            if (there) {
                deleted.add(configuration.kind());
            }
        }
        return deleted;
    }

    private <T extends @Nullable Object> T ask(Supplier<T> question) throws SwitchException {
        try {
            return question.get();
        } catch (KubernetesClientException failed) {
            String status =
                    failed.getStatus() == null ? null : failed.getStatus().getMessage();
            throw new SwitchException(
                    "the cluster at " + client.getMasterUrl() + " "
                            + (failed.getCode() == 0
                                    ? "cannot be reached: give --kubeconfig of one that can"
                                    : "refuses: " + (status == null ? failed.getMessage() : status)),
                    failed);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
