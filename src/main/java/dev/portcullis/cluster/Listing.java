package dev.portcullis.cluster;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists what a cluster has, page by page: no more than a page is held. */
public final class Listing implements AutoCloseable {
    private static final int PAGE = 250;
    private static final int MOST_BEGINNINGS = 5;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final KubernetesClient client;

    Listing(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Of the cluster that kubectl would speak to.
     *
     * @param kubeconfig null for {@code KUBECONFIG}, else the one in the home folder
     * @param context of the kubeconfig; null is its current one
     * @throws UnusableKubeconfigException where the file is not there or is none
     */
    public static Listing asKubectl(@Nullable Path kubeconfig, @Nullable String context)
            throws UnusableKubeconfigException {
        return new Listing(Cluster.clientAsKubectl(kubeconfig, context));
    }

    /**
     * Whether the cluster knows a kind.
     *
     * @throws ListingException where it does not say
     */
    public boolean serves(Kind kind) throws ListingException {
        try {
            String known = client.raw(kind.groupPath());
            return known != null && known.contains("\"kind\":\"" + kind.id() + "\"");
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == NOT_FOUND) {
                return false;
            }
            throw new ListingException(problem(kind, refused), refused);
        }
    }

    /** The address of the API server. */
    public String address() {
        return client.getConfiguration().getMasterUrl();
    }

    /** The controllers of the same cluster, one by one. */
    public Controllers controllers() {
        return new Controllers(client);
    }

    /**
     * Tells of every object of a kind, with what identifies it, its labels and owners, and what is judged of it. Where the
     * list expires on the way it begins anew, so that an object may be told of twice.
     *
     * @param namespace null for all
     * @return whether the cluster knows the kind
     * @throws ListingException where it cannot be listed to the end
     */
    public boolean each(Kind kind, @Nullable String namespace, Consumer<ObjectNode> told) throws ListingException {
        String next = "";
        int beginnings = 1;
        while (next != null) {
            try {
                String page = client.raw(kind.path(namespace) + "?limit=" + PAGE + next);
                if (page == null) {
                    return false;
                }
                next = tell(kind, page, told);
            } catch (KubernetesClientException refused) {
                if (refused.getCode() == NOT_FOUND) {
                    return false;
                }
                if (refused.getCode() != GONE || beginnings++ == MOST_BEGINNINGS) {
                    throw new ListingException(problem(kind, refused), refused);
                }
                next = "";
            }
        }
        return true;
    }

    @Override
    public void close() {
        client.close();
    }

    private static String problem(Kind kind, KubernetesClientException refused) {
        String reason = refused.getCode() == FORBIDDEN
                ? "it is forbidden"
                : String.valueOf(refused.getMessage()).lines().findFirst().orElse("the API server does not answer");
        return kind.plural() + " cannot be listed: " + reason;
    }

    /** Gives what asks for the next page, null behind the last. */
    private static @Nullable String tell(Kind kind, String text, Consumer<ObjectNode> told) throws ListingException {
        JsonNode page;
        try {
            page = Json.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableException unreadable) {
            throw new ListingException(kind.plural() + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        for (JsonNode item : page.path("items")) {
            if (item instanceof ObjectNode object) {
                told.accept(Trees.live(object, kind));
            }
        }
        String token = page.path("metadata").path("continue").stringValue("");
        return token.isEmpty() ? null : "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }
}
