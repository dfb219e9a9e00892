package dev.portcullis.scan;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.document.Positions;
import dev.portcullis.engine.EngineUnavailableException;
import dev.portcullis.engine.Inventory;
import dev.portcullis.inspection.BenchComparison;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Circumstances;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Profile;
import dev.portcullis.policy.Report;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Subject;
import dev.portcullis.workload.Workload;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One look at a Docker host through its engine: the engine itself, then its containers, one after the other. */
public final class DockerScan {
    /** Containers that are looked at. */
    public static final int MOST_CONTAINERS = 2_000;

    /** By which the engine's own rows are told; no policy of a user's can name them. */
    private static final PolicySet BUILT_IN = BuiltInPolicies.set(Mode.WARN);

    private static final PolicySet HARDENED =
            PolicySet.of(List.of(Policy.of(Profile.HARDENED, BuiltInPolicies.VERSION)), "hardened");

    private final Inventory engine;
    private final String source;
    private final PolicySet policies;
    private final boolean all;
    private final Evaluator evaluator;
    private final Evaluator counted = new Evaluator(true);
    private final Bench bench = new Bench();

    /**
     * A scan.
     *
     * @param source what the engine was named by
     * @param policies by which containers are judged
     * @param all whether passes are told
     */
    public DockerScan(Inventory engine, String source, PolicySet policies, boolean all) {
        this.engine = engine;
        this.source = source;
        this.policies = policies;
        this.all = all;
        this.evaluator = new Evaluator(all);
    }

    /**
     * Looks at everything.
     *
     * @param stopped whether containers that do not run are looked at
     * @param told is given what came of the engine and of each container
     * @return how many containers there are beyond those that are looked at
     */
    public int run(boolean stopped, Consumer<Inspection> told) throws EngineUnavailableException {
        told.accept(engine());
        List<String> ids = engine.containers(stopped);
        for (String id : ids.subList(0, Math.min(ids.size(), MOST_CONTAINERS))) {
            container(id).ifPresent(told);
        }
        return Math.max(0, ids.size() - MOST_CONTAINERS);
    }

    /** What was found, as docker-bench-security would count it. */
    public BenchComparison comparison() {
        return bench.comparison();
    }

    private Inspection engine() throws EngineUnavailableException {
        JsonNode info = engine.info();
        EngineFacts facts = new EngineFacts(info, engine.network("bridge").orElse(null));
        List<Finding> found = EngineRows.ALL.stream().map(row -> row.ask(facts)).toList();
        found.forEach(bench::add);
        Subject subject = new Subject(Form.ENGINE_REQUEST, "Engine", null, facts.text("Name"));
        List<Policy> covering = BUILT_IN.policies().stream()
                .filter(policy -> policy.covers(
                        subject, Circumstances.at(InstantSource.system().instant())))
                .toList();
        List<Judged> judged = found.stream()
                .filter(finding -> all || finding.result() != Result.PASS)
                .map(finding -> new Judged(finding, covering.getFirst(), Mode.WARN, false))
                .toList();
        return inspection(new Report(subject, covering, judged, List.of(), BUILT_IN.version()));
    }

    private Optional<Inspection> container(String id) throws EngineUnavailableException {
        try {
            return engine.container(id).map(this::judge);
        } catch (MalformedBodyException malformed) {
            return Optional.of(
                    new Inspection.Unreadable(source, null, "container " + id + ": " + malformed.getMessage(), false));
        }
    }

    private Inspection judge(Workload container) {
        Circumstances now = Circumstances.at(InstantSource.system().instant());
        counted.evaluate(container, HARDENED, now).findings().forEach(judged -> bench.add(judged.finding()));
        return inspection(evaluator.evaluate(container, policies, now).withoutFixes());
    }

    private Inspection inspection(Report report) {
        List<@Nullable ArrayNode> fixes = Collections.nCopies(report.findings().size(), null);
        return new Inspection.Judged(
                source, null, Positions.none(), report, Map.of(), fixes, JsonNodeFactory.instance.arrayNode(), null);
    }
}
