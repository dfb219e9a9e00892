package dev.portcullis.scan;

import dev.portcullis.cluster.Kind;
import dev.portcullis.cluster.Listing;
import dev.portcullis.cluster.ListingException;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.ClusterResources;
import dev.portcullis.resource.ContentHash;
import dev.portcullis.resource.PolicyError;
import dev.portcullis.resource.PolicyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The policies and exemptions that a cluster has now. */
final class ClusterPolicySet {
    private final ContentHash hash = new ContentHash();
    private final List<Policy> policies = new ArrayList<>();
    private final List<Exemption> exemptions = new ArrayList<>();
    private final Consumer<String> problems;

    private interface Reading {
        void read(JsonNode resource) throws PolicyException;
    }

    private ClusterPolicySet(Consumer<String> problems) {
        this.problems = problems;
    }

    /**
     * Reads them.
     *
     * @param problems told of what cannot be used, which does not count
     * @return the built-in policy, enforcing, where there is none that can be used
     */
    static PolicySet read(Listing listing, Consumer<String> problems) throws ListingException {
        ClusterPolicySet read = new ClusterPolicySet(problems);
        listing.each(
                Kind.POLICY,
                null,
                resource -> read.add(resource, one -> read.policies.add(ClusterResources.policy(one))));
        listing.each(
                Kind.EXEMPTION,
                null,
                resource -> read.add(resource, one -> read.exemptions.add(ClusterResources.exemption(one))));
        return read.policies.isEmpty()
                ? BuiltInPolicies.set(Mode.ENFORCE)
                : new PolicySet(read.policies, read.exemptions, Set.of(), read.hash.text());
    }

    private void add(JsonNode resource, Reading reading) {
        try {
            reading.read(resource);
            hash.add(resource);
        } catch (PolicyException wrong) {
            String name = resource.path("metadata").path("name").stringValue("");
            String title = resource.path("kind").stringValue("") + " " + name + ": ";
            wrong.errors().stream().map(PolicyError::message).map(title::concat).forEach(problems);
        }
    }
}
