package dev.portcullis.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Follows all objects of one kind: lists them page by page, then watches, and lists again where a watch has expired. Each is
 * told of and let go; of what is there no more than names and versions are kept.
 */
public final class Following implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);
    private static final long PAGE = 250;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final Kind kind;
    private final Sieve sieve;
    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private volatile boolean refused;

    /** Who is told, by threads of the client: nothing is heard from the API server while one of them is held up. */
    public interface Listener {
        /** An object is there, or another part of it than its status is not what it was. */
        void seen(ObjectNode object);

        /** An object is there no more. */
        void gone(String namespace, String name);
    }

    /** Begins once it is started. */
    Following(KubernetesClient client, Kind kind, Map<String, String> labels, Listener listener) {
        this.kind = kind;
        this.sieve = new Sieve(kind, listener);
        this.informer = client.genericKubernetesResources(kind.context())
                .inAnyNamespace()
                .withLabels(labels)
                .withLimit(PAGE)
                .runnableInformer(0);
        informer.removeNamespaceIndex().itemStore(sieve).exceptionHandler((_, problem) -> retry(problem));
    }

    /** Whatever happens, it is tried again, ever less often. */
    private boolean retry(Throwable problem) {
        boolean denied = Refusal.code(problem) == FORBIDDEN || Refusal.code(problem) == NOT_FOUND;
        if (denied && !refused) {
            refused = true;
            LOG.warn("{} cannot be followed: it is forbidden, or the cluster does not know them", kind.plural());
        }
        return true;
    }

    /**
     * Begins, and waits until all that there is has been told of once.
     *
     * @return false where the cluster does not let it, or not in time
     */
    public boolean start(Duration patience) throws InterruptedException {
        var begun = informer.start().toCompletableFuture();
        long end = System.nanoTime() + patience.toNanos();
        while (!refused && System.nanoTime() < end) {
            try {
                begun.get(200, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException _) {
                // it may have been refused meanwhile
            } catch (ExecutionException failed) {
                LOG.warn("{} cannot be followed", kind.plural(), failed.getCause());
                return false;
            }
        }
        return false;
    }

    /** Whether what was last told of an object is what it is here. */
    public boolean has(ObjectNode object) {
        return sieve.has(object);
    }

    /** Whether there is an object of a name. */
    public boolean has(String namespace, String name) {
        return sieve.get(namespace.isEmpty() ? name : namespace + "/" + name) != null;
    }

    /** How many objects there are. */
    public int size() {
        return sieve.size();
    }

    @Override
    public void close() {
        informer.close();
    }
}
