package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Level;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Severity;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Notation;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.ArrayList;
import java.util.List;

final class CapabilitiesAdded implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "capabilities-added",
            1,
            Severity.HIGH,
            "Only allowed capabilities are added",
            "Each capability hands the container a piece of root: SYS_ADMIN, SYS_PTRACE, NET_ADMIN and others are ways out of it.",
            PodSecurityStandard.baseline(0),
            Fields.in(Form.POD, "securityContext.capabilities.add")
                    .and(Form.CONTAINER, "HostConfig.CapAdd")
                    .and(Form.COMPOSE_SERVICE, "cap_add"),
            List.of("PSS baseline", "PSS restricted", "CIS Docker 5.4"),
            List.of(new Parameter(
                    "allow",
                    List.of("NET_BIND_SERVICE"),
                    "capabilities that may be added, in the hardened profile",
                    true)));

    /** What container runtimes grant anyway, less NET_RAW. */
    private static final List<String> DEFAULT_SET = List.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    private static final List<String> BIND_ONLY = List.of("NET_BIND_SERVICE");

    private static final int RESTRICTED_OF_ITS_OWN = 22;

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        if (criteria.level() != Level.BASELINE
                && PodSecurityWaivers.windows(workload, criteria, "capabilities do", findings)) {
            return;
        }
        List<String> allowed = allowed(criteria);
        for (Container container : workload.containers()) {
            judge(container, allowed, findings);
        }
    }

    private static List<String> allowed(Criteria criteria) {
        return switch (criteria.level()) {
            case BASELINE -> DEFAULT_SET;
            case RESTRICTED -> criteria.version().atLeast(RESTRICTED_OF_ITS_OWN) ? BIND_ONLY : DEFAULT_SET;
            case HARDENED -> criteria.parameters().strings("allow");
        };
    }

    private static void judge(Container container, List<String> allowed, Findings findings) {
        if (container.capabilitiesAdded() instanceof Setting.Inexpressible<List<String>> none) {
            findings.skip(container, none.why());
            return;
        }
        if (!(container.capabilitiesAdded() instanceof Setting.Declared<List<String>> added)) {
            findings.pass(container);
            return;
        }
        if (allowed.containsAll(added.value())) {
            findings.pass(container);
            return;
        }
        Fix fix = Fix.overwriting(new Edit.Set(added.path(), written(added, allowed)));
        for (int i = 0; i < added.value().size(); i++) {
            String name = added.value().get(i);
            if (!allowed.contains(name)) {
                String remedy =
                        allowed.isEmpty() ? "remove it" : "remove it (allowed: " + String.join(", ", allowed) + ")";
                findings.fail(
                        container,
                        new Setting.Declared<>(name, added.path().index(i), written(added, i), Notation.plain()),
                        remedy,
                        fix);
            }
        }
    }

    /** Those that are allowed, as they are written. */
    private static List<Object> written(Setting.Declared<List<String>> added, List<String> allowed) {
        List<Object> written = new ArrayList<>();
        for (int i = 0; i < added.value().size(); i++) {
            if (allowed.contains(added.value().get(i))) {
                written.add(written(added, i));
            }
        }
        return List.copyOf(written);
    }

    private static Object written(Setting.Declared<List<String>> added, int index) {
        return added.raw() instanceof List<?> written
                ? written.get(index)
                : added.value().get(index);
    }
}
