package dev.portcullis.catalogue;

import dev.portcullis.check.ActCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Act;
import dev.portcullis.workload.Deed;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.RestartPolicy;
import dev.portcullis.workload.Setting;
import java.util.List;
import java.util.stream.Collectors;

final class UpdateLoosensLimits implements ActCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "update-loosens-limits",
            1,
            Severity.HIGH,
            "No limit of a running container is lifted",
            "Limits that an update may lift protect nothing: the container was judged with those it was created with.",
            null,
            Fields.in(
                    Form.ENGINE_REQUEST,
                    "PidsLimit, MemorySwap, CpuQuota, RestartPolicy of POST /containers/{id}/update"),
            List.of("CIS Docker 5.11", "CIS Docker 5.12", "CIS Docker 5.15", "CIS Docker 5.29"),
            List.of(
                    new Parameter("maxPids", 64L, "the most processes that an update may allow"),
                    new Parameter("maxRestarts", 5L, "the most restarts after failures that an update may allow")));

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Act act, Criteria criteria, Findings findings) {
        if (act.deed() instanceof Deed.Update update) {
            boolean pids = isLimited(update.pidsLimit(), criteria.parameters().number("maxPids"), findings);
            boolean swap = isKept(update.memorySwapLimit(), "swap", findings);
            boolean cpu = isKept(update.cpuQuota(), "processor time", findings);
            boolean restarts =
                    isBounded(update.restartPolicy(), criteria.parameters().number("maxRestarts"), findings);
            if (pids && swap && cpu && restarts) {
                remaining(update.others(), findings);
            }
        }
    }

    private static boolean isLimited(Setting<Long> pids, long most, Findings findings) {
        if (!(pids instanceof Setting.Declared<Long> limit) || (limit.value() > 0 && limit.value() <= most)) {
            return true;
        }
        String state = "is " + limit.value() + (limit.value() <= 0 ? ", which means unlimited" : "");
        findings.fail(null, limit, state, "set it to " + most + " or less, or leave it out", null);
        return false;
    }

    private static boolean isKept(Setting<Long> limit, String matter, Findings findings) {
        if (!(limit instanceof Setting.Declared<Long> lifted)) {
            return true;
        }
        String state = "is " + lifted.value() + ", which means unlimited " + matter;
        findings.fail(null, lifted, state, "leave it out, or set a limit", null);
        return false;
    }

    private static boolean isBounded(Setting<RestartPolicy> setting, long most, Findings findings) {
        if (!(setting instanceof Setting.Declared<RestartPolicy> policy)) {
            return true;
        }
        boolean bounded = switch (policy.value().name()) {
            case "no" -> true;
            case "on-failure" -> policy.value().retries() > 0 && policy.value().retries() <= most;
            default -> false;
        };
        if (!bounded) {
            boolean endless = !policy.value().name().equals("on-failure")
                    || policy.value().retries() <= 0;
            String state =
                    "is " + Words.value(policy.raw()) + (endless ? ", which restarts the container without end" : "");
            findings.fail(null, policy, state, "use on-failure with a count of " + most + " or less", null);
        }
        return bounded;
    }

    /** Numbers that are smaller or larger than what was, which the request does not say. */
    private static void remaining(List<FieldPath> changed, Findings findings) {
        if (changed.isEmpty()) {
            findings.pass(null);
            return;
        }
        String fields = changed.stream().map(FieldPath::field).collect(Collectors.joining(", "));
        findings.skip(
                null,
                "whether a new value of " + fields
                        + " loosens anything depends on the old one, which the request does not"
                        + " say: memory-limit and cpu-limit judge a container when it is created");
    }
}
