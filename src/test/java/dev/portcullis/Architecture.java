package dev.portcullis;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules of docs/adr/0001 for the packages below one root, so that broken samples below another can try them. */
record Architecture(String root) {
    private static final Set<String> CORE = Set.of("workload", "check", "catalogue", "policy");
    private static final Set<String> ADAPTERS = Set.of("kubernetes", "docker", "cel");
    private static final Set<String> FEATURES = Set.of("admission", "review", "authz", "proxy", "console", "cli");

    /** What each package may know of the others, without itself. A package that is not here may not be at all. */
    private static final Map<String, Set<String>> MAY_KNOW = mayKnow();

    private static Map<String, Set<String>> mayKnow() {
        Set<String> belowAdapters = union(List.of(CORE, Set.of("document")));
        Set<String> belowInspection = union(List.of(belowAdapters, ADAPTERS, Set.of("resource")));
        Set<String> belowPolicyTests = union(List.of(belowInspection, Set.of("inspection")));
        Set<String> belowEngine = union(List.of(belowAdapters, Set.of("docker")));
        Set<String> belowFeatures = union(List.of(
                belowPolicyTests,
                Set.of(
                        "policytest",
                        "rewrite",
                        "http",
                        "access",
                        "engine",
                        "registration",
                        "scan",
                        "history",
                        "profile",
                        "seccomp",
                        "notify",
                        "impact")));
        Map<String, Set<String>> layers = Map.of(
                "workload", Set.of(),
                "check", Set.of("workload"),
                "catalogue", Set.of("workload", "check"),
                "policy", Set.of("workload", "check", "catalogue"),
                "document", Set.of("workload"),
                "resource", union(List.of(belowAdapters, Set.of("cel"))),
                "inspection", belowInspection,
                "http", Set.of(),
                "access", Set.of("http"),
                "app", union(List.of(belowFeatures, FEATURES, Set.of("cluster", "live", "registry", "reports"))));
        Map<String, Set<String>> live = Map.of(
                "registry", Set.of("workload", "document"),
                "cluster", union(List.of(belowAdapters, Set.of("kubernetes"))),
                "registration", union(List.of(belowAdapters, Set.of("kubernetes", "cluster"))),
                "live", union(List.of(belowFeatures, Set.of("cluster"))));
        return Stream.of(
                        layers.entrySet().stream(),
                        live.entrySet().stream(),
                        Stream.of(Map.entry("policytest", belowPolicyTests)),
                        Stream.of(Map.entry("rewrite", Set.of("workload", "document"))),
                        Stream.of(Map.entry("seccomp", Set.of("workload", "document"))),
                        Stream.of(Map.entry("profile", union(List.of(belowAdapters, Set.of("seccomp"))))),
                        Stream.of(Map.entry("engine", belowEngine)),
                        Stream.of(Map.entry("history", union(List.of(belowInspection, Set.of("engine"))))),
                        Stream.of(Map.entry("notify", union(List.of(CORE, Set.of("history"))))),
                        Stream.of(Map.entry("impact", union(List.of(belowPolicyTests, Set.of("history"))))),
                        Stream.of(Map.entry("scan", union(List.of(belowPolicyTests, Set.of("engine", "cluster"))))),
                        Stream.of(Map.entry("reports", union(List.of(belowAdapters, Set.of("cluster", "scan"))))),
                        ADAPTERS.stream()
                                .map(name -> Map.entry(name, union(List.of(belowAdapters, Set.of("seccomp"))))),
                        FEATURES.stream().map(name -> Map.entry(name, belowFeatures)))
                .flatMap(entries -> entries)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Direction of all packages: the core upwards, adapters and features side by side, {@code app} above all. */
    ArchRule packagesKnowOnlyWhatTheyMay() {
        return classes().should(new ArchCondition<>("know only the packages that their own may know") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                String from = area(origin);
                if (!MAY_KNOW.containsKey(from)) {
                    events.add(SimpleConditionEvent.violated(
                            origin, origin.getName() + " is in the package " + from + ", which has no place yet"));
                    return;
                }
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    String to = area(target);
                    boolean fine = !target.getPackageName().startsWith(root)
                            || to.equals(from)
                            || MAY_KNOW.get(from).contains(to);
                    if (!fine) {
                        events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
                    }
                }
            }
        });
    }

    ArchRule coreImportsOnlyTheJdk() {
        return classes()
                .that(resideIn(CORE))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "org.jspecify..").or(resideIn(CORE)))
                .allowEmptyShould(true);
    }

    ArchRule catalogueDoesNoInputOrOutput() {
        return noClasses()
                .that(resideIn(Set.of("catalogue")))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
                                .or(belongToAnyOf(Process.class, ProcessBuilder.class, Runtime.class)))
                .allowEmptyShould(true);
    }

    ArchRule catalogueReadsNoClock() {
        return noClasses()
                .that(resideIn(Set.of("catalogue")))
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe("a clock is read", access -> readsClock(access.getTarget())))
                .orShould()
                .dependOnClassesThat(belongToAnyOf(Clock.class, Date.class))
                .allowEmptyShould(true);
    }

    private static boolean readsClock(AccessTarget target) {
        if (target.getOwner().isEquivalentTo(System.class)) {
            return target.getName().equals("currentTimeMillis")
                    || target.getName().equals("nanoTime");
        }
        return target.getName().equals("now")
                && target.getOwner().getPackageName().startsWith("java.time");
    }

    ArchRule documentKnowsOnlyItsParsers() {
        return classes()
                .that(resideIn(Set.of("document", "rewrite")))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "org.jspecify..", "tools.jackson..", "org.yaml.snakeyaml..")
                                .or(resideInAnyPackage(root + "..")))
                .allowEmptyShould(true);
    }

    /** The command line and what it stands on start without Spring, which costs seconds. */
    ArchRule springStaysInTheServer() {
        return noClasses()
                .that(resideIn(union(List.of(
                        ADAPTERS,
                        Set.of(
                                "resource",
                                "inspection",
                                "policytest",
                                "rewrite",
                                "engine",
                                "cluster",
                                "live",
                                "scan",
                                "registry",
                                "reports",
                                "profile",
                                "seccomp",
                                "proxy",
                                "cli")))))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.springframework.."))
                .allowEmptyShould(true);
    }

    /** Between all packages, those inside one area too. */
    ArchRule noCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    ArchRule packagesAreNullMarked() {
        return classes()
                .that(not(HasName.Predicates.nameEndingWith("package-info")))
                .should(new ArchCondition<>("be in a package whose package-info is @NullMarked") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                            events.add(SimpleConditionEvent.violated(
                                    item, item.getName() + " is in a package that is not @NullMarked"));
                        }
                    }
                });
    }

    private String area(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(root + ".") ? name.substring(root.length() + 1).split("\\.", 2)[0] : "";
    }

    private DescribedPredicate<JavaClass> resideIn(Set<String> areas) {
        return resideInAnyPackage(
                areas.stream().sorted().map(area -> root + "." + area + "..").toArray(String[]::new));
    }

    private static Set<String> union(List<Set<String>> sets) {
        return sets.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }
}
