package dev.portcullis.access;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom the cluster knows, by TokenReview, and what they may see, by SubjectAccessReview: who may {@code get}
 * {@code consoles.portcullis.dev} in a namespace sees that, in the cluster all; who may {@code update} it in the cluster is an
 * admin. No such resource exists: like {@code nodes/proxy} it only names a right. Answers hold for a minute.
 */
public final class KubernetesPeople {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesPeople.class);
    private static final Duration AGE = Duration.ofMinutes(1);
    private static final int MOST_ANSWERS = 1_000;
    private static final int MOST_NAMESPACES = 1_000;
    private static final int AT_ONCE = 8;
    private static final int FORBIDDEN = 403;
    private static final String GROUP = "portcullis.dev";
    private static final String RESOURCE = "consoles";

    private final KubernetesClient client;
    private final List<String> audiences;
    private final Remembered<Answer> answers;

    /** Null of somebody unknown. */
    record Answer(@Nullable Person person) {}

    /**
     * People of a cluster.
     *
     * @param audiences for which a token must be made, one of them; none for the API server itself
     */
    public KubernetesPeople(KubernetesClient client, List<String> audiences, InstantSource clock) {
        this.client = client;
        this.audiences = audiences;
        this.answers = new Remembered<>(clock, AGE, MOST_ANSWERS);
    }

    /** What was said of a token a moment ago; null where it must be asked about. */
    @Nullable Answer known(String token) {
        return answers.known(digest(token));
    }

    /**
     * Whose token it is, and what they may see.
     *
     * @throws RefusedException 503 where the cluster cannot be asked
     */
    Answer ask(String token) {
        try {
            return answers.get(digest(token), () -> new Answer(person(token)));
        } catch (KubernetesClientException away) {
            String why = away.getCode() == FORBIDDEN
                    ? "the console's account may not create tokenreviews and subjectaccessreviews: the chart's"
                            + " console.kubernetesLogins.enabled grants it"
                    : "the cluster cannot be asked whose token it is: try again, or log in with the admin token";
            LOG.warn("{}: {}", why, away.getMessage());
            throw new RefusedException(Refusals.UNAVAILABLE, why);
        }
    }

    private @Nullable Person person(String token) {
        TokenReview asked = new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token)
                .withAudiences(audiences)
                .endSpec()
                .build();
        var status = client.tokenReviews().create(asked).getStatus();
        if (status == null || !Boolean.TRUE.equals(status.getAuthenticated()) || status.getUser() == null) {
            return null;
        }
        // One that does not know audiences names none, and has not looked.
        if (!audiences.isEmpty() && Collections.disjoint(audiences, status.getAudiences())) {
            return null;
        }
        UserInfo user = status.getUser();
        if (may(user, "update", "")) {
            return new Person(user.getUsername(), Role.ADMIN, null);
        }
        return new Person(user.getUsername(), Role.VIEWER, may(user, "get", "") ? null : namespaces(user));
    }

    private Set<String> namespaces(UserInfo user) {
        List<String> all = client
                .namespaces()
                .list(new ListOptionsBuilder().withLimit((long) MOST_NAMESPACES).build())
                .getItems()
                .stream()
                .map((Namespace namespace) -> namespace.getMetadata().getName())
                .toList();
        Semaphore turns = new Semaphore(AT_ONCE);
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> seen = all.stream()
                    .map(namespace -> each.submit(() -> {
                        turns.acquire();
                        try {
                            return may(user, "get", namespace);
                        } finally {
                            turns.release();
                        }
                    }))
                    .toList();
            Set<String> namespaces = new TreeSet<>();
            for (int i = 0; i < all.size(); i++) {
                if (seen.get(i).get()) {
                    namespaces.add(all.get(i));
                }
            }
            return namespaces;
        } catch (ExecutionException failed) {
            throw new KubernetesClientException("asking for rights failed", failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("asking for rights was interrupted", stopping);
        }
    }

    /**
     * Whether somebody may.
     *
     * @param namespace empty for all
     */
    private boolean may(UserInfo user, String verb, String namespace) {
        var asked = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user.getUsername())
                .withUid(user.getUid())
                .withGroups(user.getGroups())
                .withExtra(user.getExtra())
                .withNewResourceAttributes()
                .withGroup(GROUP)
                .withResource(RESOURCE)
                .withVerb(verb)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        var status =
                client.authorization().v1().subjectAccessReview().create(asked).getStatus();
        return status != null && Boolean.TRUE.equals(status.getAllowed());
    }

    /** By which it is remembered: a token itself is kept nowhere but in its session. */
    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
