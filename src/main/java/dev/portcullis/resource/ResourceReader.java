package dev.portcullis.resource;

import dev.portcullis.document.Document;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads documents that are policies or exemptions, and keeps what can be used. */
final class ResourceReader {
    private final Problems problems;
    private final PolicyReader policyReader;
    private final ExemptionReader exemptionReader;
    private final ResourceNames policyNames = new ResourceNames("policy", false);
    private final ResourceNames exemptionNames = new ResourceNames("exemption", true);
    private final List<Policy> policies = new ArrayList<>();
    private final List<Placed> exemptions = new ArrayList<>();
    private final List<Origins.Origin> policyOrigins = new ArrayList<>();
    private final List<JsonNode> documents = new ArrayList<>();
    private final ContentHash hash = new ContentHash();

    /** An exemption, and where it stands. */
    record Placed(Exemption exemption, String source, Field root) {}

    ResourceReader(Problems problems) {
        this.problems = problems;
        this.policyReader = new PolicyReader(problems);
        this.exemptionReader = new ExemptionReader(problems);
    }

    /** Reads one; what is wrong with it is told. */
    void read(String source, Document document) {
        Field root = Field.root(document, source, problems);
        Envelope.Kind kind = Envelope.kind(root);
        if (kind == null) {
            return;
        }
        switch (kind) {
            case POLICY -> readPolicy(source, root);
            case EXEMPTION -> readExemption(source, root);
        }
        hash.add(document.root());
        documents.add(document.root());
    }

    private void readPolicy(String source, Field root) {
        ResourceNames.Name name = policyNames.read(root);
        Field spec = spec(root, "write spec: {profile: hardened}, or another profile");
        Policy policy = spec == null ? null : policyReader.read(name == null ? "" : name.name(), spec);
        if (policy != null && name != null) {
            policies.add(policy);
            policyOrigins.add(new Origins.Origin(policy.name(), source, null, true));
        }
    }

    private void readExemption(String source, Field root) {
        ResourceNames.Name name = exemptionNames.read(root);
        Field spec = spec(root, "say in spec what is exempted from what");
        ResourceNames.Name known = name == null ? new ResourceNames.Name("", "") : name;
        Exemption exemption = spec == null ? null : exemptionReader.read(known, spec);
        if (exemption != null && name != null) {
            exemptions.add(new Placed(exemption, source, root));
        }
    }

    private static @Nullable Field spec(Field root, String remedy) {
        Field spec = root.required("spec", remedy);
        return spec != null && spec.isObject() ? spec : null;
    }

    /** Refuses exemptions that none of the policies heeds, nor anybody else: they would look as if they counted. */
    void requireHeeded(Set<String> exemptionNamespaces) {
        for (Placed placed : exemptions) {
            String namespace = String.valueOf(placed.exemption().namespace());
            boolean heeded = exemptionNamespaces.contains(namespace)
                    || policies.stream()
                            .anyMatch(policy -> policy.exemptionNamespaces().contains(namespace));
            if (!heeded) {
                placed.root()
                        .refuse("no policy heeds exemptions of namespace " + namespace
                                + ": list it under spec.exemptionNamespaces of a policy, or remove the exemption");
            }
        }
    }

    List<Policy> policies() {
        return List.copyOf(policies);
    }

    List<Exemption> exemptions() {
        return exemptions.stream().map(Placed::exemption).toList();
    }

    List<Placed> placedExemptions() {
        return List.copyOf(exemptions);
    }

    /** Where they all stand. */
    Origins origins() {
        return new Origins(
                null,
                List.copyOf(policyOrigins),
                exemptions.stream()
                        .map(placed -> new Origins.Origin(placed.exemption().id(), placed.source(), null, true))
                        .toList(),
                List.copyOf(documents));
    }

    /** What tells these resources from all others. */
    String version() {
        return hash.text();
    }
}
