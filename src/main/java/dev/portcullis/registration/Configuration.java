package dev.portcullis.registration;

import dev.portcullis.policy.PolicySet;
import dev.portcullis.registration.Registration.FailurePolicy;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The two webhook configurations, each with one webhook. */
enum Configuration {
    VALIDATING("ValidatingWebhookConfiguration", "validatingwebhookconfigurations", "validate", 5),
    MUTATING("MutatingWebhookConfiguration", "mutatingwebhookconfigurations", "mutate", 2);

    static final String API_VERSION = "admissionregistration.k8s.io/v1";

    private final String kind;
    private final String plural;
    private final String verb;
    private final int timeoutSeconds;

    Configuration(String kind, String plural, String verb, int timeoutSeconds) {
        this.kind = kind;
        this.plural = plural;
        this.verb = verb;
        this.timeoutSeconds = timeoutSeconds;
    }

    String kind() {
        return kind;
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup("admissionregistration.k8s.io")
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(false)
                .build();
    }

    /**
     * Its webhooks with every default written out, as an API server gives them back: what somebody adds, such as a selector
     * that lets pods step out, is then a difference.
     *
     * @param authorities PEM of the CAs that API servers shall trust; null for those of their system
     */
    ArrayNode webhooks(Registration registration, PolicySet policies, @Nullable String authorities) {
        ObjectNode webhook = JsonNodeFactory.instance.objectNode();
        webhook.put("name", verb + ".portcullis.dev");
        webhook.putArray("admissionReviewVersions").add("v1");
        webhook.set("clientConfig", clientConfig(registration, authorities));
        webhook.put("failurePolicy", failurePolicy(registration).id());
        webhook.put("matchPolicy", "Equivalent");
        webhook.set("namespaceSelector", namespaces(registration));
        webhook.putObject("objectSelector");
        if (this == MUTATING) {
            webhook.put("reinvocationPolicy", "IfNeeded");
        }
        webhook.set("rules", this == MUTATING ? JudgedResources.mutated() : JudgedResources.validated(policies));
        webhook.put("sideEffects", "None");
        webhook.put("timeoutSeconds", timeoutSeconds);
        return JsonNodeFactory.instance.arrayNode().add(webhook);
    }

    private FailurePolicy failurePolicy(Registration registration) {
        return this == MUTATING ? registration.mutateFailurePolicy() : registration.validateFailurePolicy();
    }

    private ObjectNode clientConfig(Registration registration, @Nullable String authorities) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        switch (registration.target()) {
            case Registration.Service(String name) ->
                config.putObject("service")
                        .put("name", name)
                        .put("namespace", registration.namespace())
                        .put("path", "/" + verb)
                        .put("port", 443);
            case Registration.Url(URI base) -> config.put("url", base.toString().replaceFirst("/+$", "") + "/" + verb);
        }
        if (authorities != null) {
            config.put("caBundle", Base64.getEncoder().encodeToString(authorities.getBytes(StandardCharsets.US_ASCII)));
        }
        return config;
    }

    private static ObjectNode namespaces(Registration registration) {
        ObjectNode selector = JsonNodeFactory.instance.objectNode();
        if (!registration.excluded().isEmpty()) {
            ArrayNode values = selector.putArray("matchExpressions")
                    .addObject()
                    .put("key", "kubernetes.io/metadata.name")
                    .put("operator", "NotIn")
                    .putArray("values");
            registration.excluded().stream().sorted().forEach(values::add);
        }
        return selector;
    }
}
