package dev.portcullis.e2e;

import static dev.portcullis.e2e.CommandResult.succeeds;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Definitions of report resources: the fields, types, enumerations and columns of OpenReports' {@code openreports.io/v1alpha1}
 * and of the policy working group's {@code wgpolicyk8s.io/v1alpha2}, which differ in where the source is told. Written for
 * these tests; theirs say the same in more words.
 */
enum ReportDefinitions {
    OPENREPORTS("openreports.io", "v1alpha1", "Report", "reports", "reps", true, "critical, high, low, medium, info"),
    POLICYREPORT(
            "wgpolicyk8s.io",
            "v1alpha2",
            "PolicyReport",
            "policyreports",
            "polr",
            false,
            "critical, high, low, medium, info"),
    /** As they were first published, in which nothing is worse than high. */
    OLD_POLICYREPORT("wgpolicyk8s.io", "v1alpha2", "PolicyReport", "policyreports", "polr", false, "high, low, medium");

    private static final String SELECTOR = "{type: object, x-kubernetes-preserve-unknown-fields: true}";
    private static final String REFERENCE = """
            {type: object, properties: {apiVersion: {type: string}, fieldPath: {type: string}, kind: {type: string}, \
            name: {type: string}, namespace: {type: string}, resourceVersion: {type: string}, uid: {type: string}}}""";
    private static final String OUTCOMES = "[pass, fail, warn, error, skip]";

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;
    private final String shortName;
    private final boolean source;
    private final String severities;

    ReportDefinitions(
            String group,
            String version,
            String kind,
            String plural,
            String shortName,
            boolean source,
            String severities) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
        this.shortName = shortName;
        this.source = source;
        this.severities = severities;
    }

    /** As kubectl takes it: {@code reports.openreports.io}. */
    String resource() {
        return plural + "." + group;
    }

    /** The same of those in no namespace. */
    String clusterResource() {
        return "cluster" + plural + "." + group;
    }

    void install(ControlPlane controlPlane) {
        for (String definition : List.of(
                definition(kind, plural, shortName, "Namespaced"),
                definition("Cluster" + kind, "cluster" + plural, "c" + shortName, "Cluster"))) {
            succeeds(controlPlane.kubectlWithInput(definition, "apply", "-f", "-"));
        }
        for (String resource : List.of(resource(), clusterResource())) {
            succeeds(controlPlane.kubectl("wait", "--for=condition=Established", "crd/" + resource, "--timeout=30s"));
        }
    }

    void remove(ControlPlane controlPlane) {
        controlPlane.kubectl("delete", "crd", resource(), clusterResource(), "--ignore-not-found", "--wait=false");
        await(resource() + " to go with all there are")
                .atMost(Duration.ofMinutes(5))
                .until(() -> controlPlane
                        .kubectl("get", "crd", resource(), clusterResource(), "-o", "name", "--ignore-not-found")
                        .stdout()
                        .isEmpty());
    }

    private String definition(String named, String inPlural, String abbreviated, String scope) {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata:
                  name: %1$s.%2$s
                  annotations: {api-approved.kubernetes.io: "unapproved, for a test"}
                spec:
                  group: %2$s
                  scope: %3$s
                  names: {kind: %4$s, listKind: %4$sList, plural: %1$s, singular: %5$s, shortNames: [%6$s]}
                  versions:
                    - name: %7$s
                      served: true
                      storage: true
                      additionalPrinterColumns:
                        - {name: Kind, type: string, jsonPath: .scope.kind, priority: 1}
                        - {name: Name, type: string, jsonPath: .scope.name, priority: 1}
                        - {name: Pass, type: integer, jsonPath: .summary.pass}
                        - {name: Fail, type: integer, jsonPath: .summary.fail}
                        - {name: Warn, type: integer, jsonPath: .summary.warn}
                        - {name: Error, type: integer, jsonPath: .summary.error}
                        - {name: Skip, type: integer, jsonPath: .summary.skip}
                        - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
                      schema:
                        openAPIV3Schema:
                          type: object
                          properties:
                            scope: %8$s
                            scopeSelector: %9$s
                            %10$s
                            summary:
                              type: object
                              properties: {pass: {type: integer}, fail: {type: integer}, warn: {type: integer},
                                error: {type: integer}, skip: {type: integer}}
                            results:
                              type: array
                              items:
                                type: object
                                required: [policy]
                                properties:
                                  category: {type: string}
                                  message: {type: string}
                                  policy: {type: string}
                                  properties: {type: object, additionalProperties: {type: string}}
                                  resourceSelector: %9$s
                                  resources: {type: array, items: %8$s}
                                  result: {type: string, enum: %11$s}
                                  rule: {type: string}
                                  scored: {type: boolean}
                                  severity: {type: string, enum: [%12$s]}
                                  source: {type: string}
                                  timestamp:
                                    type: object
                                    required: [nanos, seconds]
                                    properties:
                                      nanos: {type: integer, format: int32}
                                      seconds: {type: integer, format: int64}
                """.formatted(
                        inPlural,
                        group,
                        scope,
                        named,
                        named.toLowerCase(Locale.ROOT),
                        abbreviated,
                        version,
                        REFERENCE,
                        SELECTOR,
                        source ? ofReports() : "",
                        OUTCOMES,
                        severities);
    }

    private static String ofReports() {
        return "source: {type: string}\n" + " ".repeat(12)
                + "configuration: {type: object, required: [limits], properties: {limits: {type: object, properties:"
                + " {maxResults: {type: integer}, statusFilter: {type: array, items: {type: string, enum: " + OUTCOMES
                + "}}}}}}";
    }
}
