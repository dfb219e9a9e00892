package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Ulimit;
import dev.portcullis.workload.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

final class Ulimits implements WorkloadCheck {
    private static final Pattern ENTRY = Pattern.compile("([a-z]++)=(-1|[0-9]{1,18})");

    /**
     * Databases ask for 65536 files and processes and rarely for more. Above nice 20 a process outranks those of the host,
     * and with any rtprio it can keep a processor for itself.
     */
    private static final List<String> DEFAULT = List.of("nice=20", "nofile=65536", "nproc=65536", "rtprio=0");

    private static final CheckInfo INFO = new CheckInfo(
            "ulimits",
            1,
            Severity.LOW,
            "Limits of processes are not loosened",
            "Ulimits that are raised or lifted let one container take the files, locked memory or processor time that all share.",
            null,
            Fields.in(Form.CONTAINER, "HostConfig.Ulimits").and(Form.COMPOSE_SERVICE, "ulimits"),
            List.of("CIS Docker 5.19"),
            List.of(new Parameter(
                    "max",
                    DEFAULT,
                    "the highest hard limits, written NAME=NUMBER, -1 for unlimited; a limit not listed may have any number",
                    false,
                    new Parameter.Shape(ENTRY, "NAME=NUMBER, such as nofile=65536"))));

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        Map<String, Long> most = new HashMap<>();
        for (String entry : criteria.parameters().strings("max")) {
            Matcher parts = ENTRY.matcher(entry);
            if (parts.matches()) {
                most.put(parts.group(1), Long.valueOf(parts.group(2)));
            }
        }
        for (Container container : workload.containers()) {
            judge(container, most, findings);
        }
    }

    /** A container that asks for none has the engine's own, which no request loosens. */
    private static void judge(Container container, Map<String, Long> most, Findings findings) {
        boolean clean = true;
        if (container.ulimits() instanceof Setting.Inexpressible<?> none) {
            clean = false;
            findings.skip(container, none.why());
        }
        if (container.ulimits() instanceof Setting.Declared<List<Setting.Declared<Ulimit>>> asked) {
            for (Setting.Declared<Ulimit> ulimit : asked.value()) {
                clean &= isWithin(
                        container, ulimit, most.get(ulimit.value().name().toLowerCase(Locale.ROOT)), findings);
            }
        }
        if (clean) {
            findings.pass(container);
        }
    }

    private static boolean isWithin(
            Container container, Setting.Declared<Ulimit> ulimit, @Nullable Long most, Findings findings) {
        long hard = ulimit.value().hard();
        boolean unlimited = hard < 0;
        boolean lifted = most != null && most < 0;
        if (lifted || (!unlimited && (most == null || hard <= most))) {
            return true;
        }
        String state = "is " + hard + " for " + Words.value(ulimit.value().name());
        findings.fail(
                container,
                ulimit,
                unlimited ? state + ", which means unlimited" : state,
                most == null ? "set it to a number" : remedy(ulimit.value(), most),
                null);
        return false;
    }

    /** No container starts whose soft limit is above the hard one. */
    private static String remedy(Ulimit ulimit, long most) {
        String number = most == 0 ? "0" : most + " or less";
        boolean softToo = ulimit.soft() < 0 || ulimit.soft() > most;
        return "set it to " + number + (softToo ? ", and the soft limit too" : "");
    }
}
