package dev.portcullis.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.policy.Exemption;
import dev.portcullis.workload.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with exemptions is told where it stands. */
class ExemptionErrorsTest {
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: default}
            spec: {exemptionNamespaces: [leaves]}
            ---
            """;
    private static final String HEAD = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningExemption
            metadata: {name: one, namespace: leaves}
            """;
    private static final String SUBJECT = "{namespace: shop, kind: Deployment, name: web}";

    @TempDir
    private Path folder;

    @Test
    void areReadWhole() throws Exception {
        Exemption read = exemption("""
                spec:
                  subject: {platform: kubernetes, namespace: shop, kind: DaemonSet, name: agent, containers: [agent]}
                  checks: [host-network, rules/team-label]
                  owner: sre@example.com
                  reason: reads host metrics
                  expiresAt: 2027-03-01T01:00:00+01:00
                """);
        assertThat(read)
                .isEqualTo(new Exemption(
                        "leaves",
                        "one",
                        new Exemption.Holder(Platform.KUBERNETES, "shop", "DaemonSet", "agent", Set.of("agent")),
                        Set.of("host-network", "rules/team-label"),
                        "sre@example.com",
                        "reads host metrics",
                        Instant.parse("2027-03-01T00:00:00Z")));
    }

    @Test
    void areForContainersToo() throws Exception {
        Exemption read = exemption(spec("{platform: docker, kind: Container, name: web_1}", "[privileged]"));
        assertThat(read.subject())
                .isEqualTo(new Exemption.Holder(Platform.DOCKER, null, "Container", "web_1", Set.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {kind: Deployment, name: web} | namespace is missing: write the namespace of the workload
            {namespace: a b, kind: Deployment, name: web} | .namespace: "a b" is no namespace's name: write each name in full
            {namespace: "{x}", kind: Deployment, name: web} | .namespace: "{x}" is no namespace's name: write each name in full
            {namespace: no/such, kind: Deployment, name: web} | .namespace: "no/such" is no namespace's name: write each name in full
            {namespace: "kube-system/pods?a=", kind: Deployment, name: web} | .namespace: "kube-system/pods?a=" is no namespace's name: write each name in full
            {namespace: "*", kind: Deployment, name: web} | .namespace: "*" is no namespace's name: write each name in full
            {namespace: shop, name: web} | kind is missing: write the kind of the workload, such as Deployment
            {namespace: shop, kind: Deploymnet, name: web} | .kind: "Deploymnet" is no kind of workload there; did you mean "Deployment"?
            {namespace: shop, kind: Service, name: web} | .kind: "Service" is no kind of workload there; use one of Pod, Deployment, ReplicaSet, StatefulSet, DaemonSet, Job, CronJob, ReplicationController, PodTemplate
            {namespace: shop, kind: Deployment} | name is missing: write the name of the workload in full
            {namespace: shop, kind: Deployment, name: "*"} | .name: "*" is no workload's name: write the name of one in full
            {namespace: shop, kind: Deployment, name: "web-*"} | .name: "web-*" is no workload's name: write the name of one in full
            {namespace: shop, kind: Deployment, name: ""} | .name: "" is no workload's name: write the name of one in full
            {namespace: shop, kind: Deployment, name: web, containers: []} | .containers: names nothing: remove it to mean every container
            {namespace: shop, kind: Deployment, name: web, containers: ["*"]} | .containers[0]: "*" is no container's name: write each name in full
            {namespace: shop, kind: Deployment, name: web, container: [a]} | .container: there is no such field; did you mean "containers"?
            {platform: docker, namespace: shop, kind: Container, name: web} | .namespace: Docker has no namespaces: remove it
            {platform: docker, kind: Deployment, name: web} | .kind: "Deployment" is no kind of workload there; use one of Container, ComposeService, Image
            {platform: podman, kind: Container, name: web} | .platform: "podman" is not known; use one of kubernetes, docker
            """)
    void ofTheSubject(String subject, String error) throws IOException {
        assertThat(errors(spec(subject, "[privileged]")))
                .anySatisfy(told -> assertThat(told)
                        .matches("[0-9]+:[0-9]+: spec\\.subject" + (error.startsWith(".") ? "" : ": ") + "\\Q" + error
                                + "\\E"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [] | spec.checks: names nothing: list the checks that the workload may fail
            [privilged] | spec.checks[0]: there is no check "privilged"; did you mean "privileged"?
            ["*"] | spec.checks[0]: there is no check "*"; portcullis checks lists those there are, and rules are rules/NAME
            [rules/] | spec.checks[0]: "rules/" names no rule: write rules/NAME
            [rules/No Such] | spec.checks[0]: "rules/No Such" names no rule: write rules/NAME
            privileged | spec.checks: must be a list, but is "privileged"
            """)
    void ofTheChecks(String checks, String error) throws IOException {
        assertThat(errors(spec(SUBJECT, checks))).singleElement().asString().endsWith(": " + error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", "2027-03-01", "2027-13-01T00:00:00Z", "2027-03-01T00:00:00"})
    void ofTheMoment(String moment) throws IOException {
        assertThat(errors(spec(SUBJECT, "[privileged]").replace("2027-03-01T00:00:00Z", moment)))
                .singleElement()
                .asString()
                .endsWith("is no moment: write it as RFC 3339 does, such as 2027-03-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"subject", "checks", "owner", "reason", "expiresAt"})
    void ofWhatIsMissing(String member) throws IOException {
        String without = spec(SUBJECT, "[privileged]").replaceAll("(?m)^  " + member + ":.*\n", "");
        assertThat(errors(without)).singleElement().asString().contains(": spec: " + member + " is missing: ");
    }

    @Test
    void ofOneThatNoPolicyHeeds() throws IOException {
        String elsewhere = HEAD.replace("leaves", "mine") + spec(SUBJECT, "[privileged]");
        assertThat(errorsOf(POLICY + elsewhere))
                .containsExactly("6:1: no policy heeds exemptions of namespace mine:"
                        + " list it under spec.exemptionNamespaces of a policy, or remove the exemption");
    }

    @Test
    void ofOneWithoutANamespaceOfItsOwn() throws IOException {
        String homeless = HEAD.replace(", namespace: leaves", "") + spec(SUBJECT, "[privileged]");
        assertThat(errorsOf(POLICY + homeless))
                .containsExactly("8:11: metadata: namespace is missing:"
                        + " name one that a policy lists under exemptionNamespaces");
    }

    @Test
    void ofTwoOfOneName() throws IOException {
        String text = HEAD + spec(SUBJECT, "[privileged]");
        assertThat(errorsOf(POLICY + text + "---\n" + text))
                .singleElement()
                .asString()
                .contains("is named \"one\" too: rename one of them");
        PolicyException none = catchThrowableOfType(
                PolicyException.class,
                () -> read(POLICY + text + "---\n" + text.replace("namespace: leaves", "namespace: leaves2")));
        assertThat(none).hasMessageContaining("no policy heeds exemptions of namespace leaves2");
    }

    private static String spec(String subject, String checks) {
        return "spec:\n  subject: " + subject + "\n  checks: " + checks
                + "\n  owner: sre\n  reason: it has to\n  expiresAt: 2027-03-01T00:00:00Z\n";
    }

    private Exemption exemption(String spec) throws Exception {
        return PolicyFiles.read(file(POLICY + HEAD + spec)).exemptions().getFirst();
    }

    private List<String> errors(String spec) throws IOException {
        return errorsOf(POLICY + HEAD + spec);
    }

    private List<String> errorsOf(String text) throws IOException {
        PolicyException refusal = catchThrowableOfType(PolicyException.class, () -> read(text));
        String source = folder.resolve("policy.yaml") + ":";
        return refusal.errors().stream()
                .map(error -> error.toString().substring(source.length()))
                .toList();
    }

    private void read(String text) throws Exception {
        PolicyFiles.read(file(text));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), text);
    }
}
