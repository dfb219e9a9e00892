package dev.portcullis.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cluster.Kind;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.workload.ImageDigests;
import dev.portcullis.workload.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Who stands for itself, and what is judged anew. */
class SurveyTest {
    private static final String GOOD = "{}";
    private static final String BAD = "{\"privileged\": true}";

    private final List<String> told = new ArrayList<>();
    private PolicySet policies = PolicySet.alone("baseline", null);
    private Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final Survey survey =
            new Survey(new Judging(() -> policies, ClusterKnowledge.NONE, ImageDigests.NONE, () -> now), new Told() {
                @Override
                public void judged(Surveyed surveyed) {
                    told.add((surveyed.report().allowed() ? "allowed " : "denied ") + surveyed.key());
                }

                @Override
                public void gone(ObjectKey key) {
                    told.add("gone " + key);
                }
            });

    @Test
    void aDeploymentStandsForWhatItMade() {
        see(Kind.DEPLOYMENT, "web", null, BAD);
        see(Kind.REPLICA_SET, "web-1", "web", BAD);
        for (int i = 0; i < 3; i++) {
            see(Kind.POD, "web-1-" + i, "web-1", BAD);
        }

        assertTold("denied Deployment shop/web");
        assertThat(survey.wanted()).isEmpty();
        assertThat(survey.standing()).isEqualTo(1);
    }

    @Test
    void whateverTheOrderInWhichTheyAreSeen() {
        see(Kind.POD, "web-1-0", "web-1", BAD);
        see(Kind.REPLICA_SET, "web-1", "web", BAD);
        see(Kind.DEPLOYMENT, "web", null, BAD);

        assertTold("denied Deployment shop/web");
        assertThat(survey.wanted()).isEmpty();
    }

    @Test
    void barePodsAndPodsOfUnknownControllersStandForThemselves() {
        see(Kind.POD, "bare", null, GOOD);
        survey.seen(Kind.POD, object("Pod", "static", owner("Node", "v1", "node-1"), GOOD));

        assertTold("allowed Pod shop/bare", "allowed Pod shop/static");
    }

    @Test
    void aPodThatViolatesMoreThanItsOwnerHasDrifted() {
        see(Kind.DEPLOYMENT, "web", null, GOOD);
        see(Kind.REPLICA_SET, "web-1", "web", GOOD);
        see(Kind.POD, "web-1-0", "web-1", BAD);
        assertTold("allowed Deployment shop/web", "denied Pod shop/web-1-0");

        see(Kind.POD, "web-1-0", "web-1", GOOD);
        assertTold("gone Pod shop/web-1-0");
        assertThat(survey.standing()).isEqualTo(1);
    }

    @Test
    void aPodWhoseOwnerIsMendedHasDriftedUntilItIsReplaced() {
        see(Kind.DEPLOYMENT, "web", null, BAD);
        see(Kind.REPLICA_SET, "web-1", "web", BAD);
        see(Kind.POD, "web-1-0", "web-1", BAD);
        see(Kind.DEPLOYMENT, "web", null, GOOD);
        assertThat(survey.wanted()).containsExactly(new ObjectKey(Kind.POD, "shop", "web-1-0"));
        see(Kind.POD, "web-1-0", "web-1", BAD);
        assertTold("denied Deployment shop/web", "allowed Deployment shop/web", "denied Pod shop/web-1-0");

        survey.gone(Kind.POD, "shop", "web-1-0");
        assertTold("gone Pod shop/web-1-0");

        see(Kind.POD, "web-1-1", "web-1", BAD);
        see(Kind.DEPLOYMENT, "web", null, BAD);
        assertTold("denied Pod shop/web-1-1", "denied Deployment shop/web", "gone Pod shop/web-1-1");
    }

    @Test
    void aReferenceIntoAnotherNamespaceOrToNobodyIsNoOwner() {
        ObjectNode elsewhere = object("Deployment", "web", "", BAD);
        elsewhere.withObject("metadata").put("namespace", "other").put("uid", "uid-forged");
        survey.seen(Kind.DEPLOYMENT, elsewhere);
        see(Kind.POD, "p", "forged", BAD);
        assertTold("denied Deployment other/web");

        assertThat(survey.wanted()).containsExactly(new ObjectKey(Kind.POD, "shop", "p"));
        see(Kind.POD, "p", "forged", BAD);
        assertTold("denied Pod shop/p");
        assertThat(survey.wanted()).isEmpty();
    }

    @Test
    void nothingIsJudgedAnewWhereNothingChanged() {
        for (int i = 0; i < 2; i++) {
            see(Kind.DEPLOYMENT, "web", null, BAD);
            see(Kind.REPLICA_SET, "web-1", "web", BAD);
            see(Kind.POD, "web-1-0", "web-1", BAD);
            see(Kind.POD, "bare", null, BAD);
        }
        assertThat(survey.judged()).isEqualTo(3);
        assertTold("denied Deployment shop/web", "denied Pod shop/bare");

        policies = PolicySet.alone("restricted", null);
        see(Kind.POD, "bare", null, BAD);
        assertThat(survey.judged()).isEqualTo(4);
    }

    @Test
    void tellsAgainOfWhatIsAskedForOnce() {
        see(Kind.DEPLOYMENT, "web", null, BAD);
        see(Kind.REPLICA_SET, "web-1", "web", BAD);
        told.clear();
        survey.tellAgain(new ObjectKey(Kind.DEPLOYMENT, "shop", "web"));
        survey.tellAgain(new ObjectKey(Kind.REPLICA_SET, "shop", "web-1"));
        survey.tellAgain(new ObjectKey(Kind.POD, "shop", "nobody"));
        assertThat(survey.wanted()).hasSize(2);

        see(Kind.DEPLOYMENT, "web", null, BAD);
        see(Kind.REPLICA_SET, "web-1", "web", BAD);

        assertTold("denied Deployment shop/web");
        assertThat(survey.wanted()).isEmpty();
    }

    @Test
    void isJudgedAnewWhenLeaveEnds() {
        Exemption leave = new Exemption(
                "held",
                "leave",
                new Exemption.Holder(Platform.KUBERNETES, "shop", "Pod", "bare", Set.of()),
                Set.of("privileged"),
                "owner",
                "reason",
                now.plusSeconds(60));
        policies = new PolicySet(
                PolicySet.alone("baseline", null).policies(), List.of(leave), Set.of("held"), "with-leave");
        see(Kind.POD, "bare", null, BAD);
        see(Kind.POD, "bare", null, BAD);
        assertTold("allowed Pod shop/bare");

        now = now.plusSeconds(60);
        see(Kind.POD, "bare", null, BAD);
        assertTold("denied Pod shop/bare");
    }

    @Test
    void aNewOneOfTheSameNameTakesThePlaceOfTheOld() {
        see(Kind.DEPLOYMENT, "web", null, BAD);
        ObjectNode anew = object("Deployment", "web", "", GOOD);
        anew.withObject("metadata").put("uid", "another");
        survey.seen(Kind.DEPLOYMENT, anew);
        see(Kind.POD, "old", "web", BAD);

        assertTold("denied Deployment shop/web", "allowed Deployment shop/web");
        assertThat(survey.wanted()).hasSize(1);
        assertThat(survey.standing()).isEqualTo(1);
    }

    @Test
    void podsThatFixesWillMendDoNotDrift() {
        policies = BuiltInPolicies.set(Mode.ENFORCE);
        see(Kind.DEPLOYMENT, "web", null, GOOD);
        see(Kind.POD, "web-0", "web", GOOD);
        see(Kind.POD, "web-1", "web", "{\"allowPrivilegeEscalation\": false}");

        assertThat(told).singleElement().asString().endsWith("Deployment shop/web");
    }

    private void see(Kind kind, String name, @Nullable String owner, String securityContext) {
        String reference = owner == null ? "" : owner("Deployment", "apps/v1", owner);
        survey.seen(kind, object(kind.id(), name, reference, securityContext));
    }

    private void assertTold(String... expected) {
        assertThat(told).containsExactly(expected);
        told.clear();
    }

    private static String owner(String kind, String version, String name) {
        return """
                , "ownerReferences": [{"apiVersion": "%s", "kind": "%s", "name": "%s", "uid": "uid-%s", "controller": true}]""".formatted(version, kind, name, name);
    }

    private static ObjectNode object(String kind, String name, String owner, String securityContext) {
        String pod = """
                "spec": {"containers": [{"name": "c", "image": "i", "securityContext": %s}]}""".formatted(securityContext);
        return (ObjectNode) JsonMapper.shared().readTree("""
                {"apiVersion": "%s", "kind": "%s", "metadata": {"name": "%s", "namespace": "shop", "uid": "uid-%s"%s}, %s}""".formatted(
                        kind.equals("Pod") ? "v1" : "apps/v1",
                        kind,
                        name,
                        name,
                        owner,
                        kind.equals("Pod") ? pod : "\"spec\": {\"template\": {" + pod + "}}"));
    }
}
