package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Fix;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.check.WorkloadCheck;
import dev.portcullis.workload.Container;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.NamespaceSharing;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

final class HostInterface implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "host-interface",
            1,
            Severity.MEDIUM,
            "Ports are published on a named address",
            "A port without an address is open on every network of the host, those that face the internet too, often past its firewall.",
            null,
            Fields.in(Form.POD, "ports[*].hostIP")
                    .and(Form.CONTAINER, "HostConfig.PortBindings[*].HostIp, PublishAllPorts")
                    .and(Form.COMPOSE_SERVICE, "ports[*].host_ip"),
            List.of("CIS Docker 5.14"),
            List.of());

    private static final String LOOPBACK = "127.0.0.1";

    /** The unspecified address in any spelling, of IPv4 within IPv6 too. */
    private static final Pattern EVERY_ADDRESS = Pattern.compile("(?i)[0:.]++(?:ffff:[0:.]++)?");

    /** IPv4 or IPv6, without a zone. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9]++(?:\\.[0-9]++){3}|[0-9a-fA-F.]*+:[0-9a-fA-F:.]++");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        if (workload.hostNetwork().effective() == NamespaceSharing.HOST) {
            findings.skip(
                    null,
                    "on the host's network the program itself chooses where it listens; host-network judges that");
            return;
        }
        for (Container container : workload.containers()) {
            boolean clean = true;
            Set<FieldPath> told = new HashSet<>();
            for (Setting<String> address : container.hostAccess().interfaces()) {
                // A range of a compose file is one text that publishes several ports.
                if (!(address instanceof Setting.Absent<String> absent) || told.add(absent.path())) {
                    clean &= isNamed(container, address, findings);
                }
            }
            if (clean) {
                findings.pass(container);
            }
        }
    }

    private static boolean isNamed(Container container, Setting<String> address, Findings findings) {
        switch (address) {
            case Setting.Inexpressible<String> none -> findings.skip(container, none.why());
            case Setting.Absent<String> absent -> {
                Edit edit = absent.edit(LOOPBACK);
                findings.fail(
                        container,
                        absent.path(),
                        null,
                        (edit instanceof Edit.Set set && set.value().equals(LOOPBACK)
                                        ? "is not set"
                                        : "names no address")
                                + ", which opens the port on every address of the host",
                        Words.remedy(edit) + ", or to the address it is for",
                        Fix.optional(edit));
            }
            case Setting.Declared<String> declared
            when declared.value().isEmpty() ->
                findings.fail(
                        container,
                        declared,
                        "opens ports on every address of the host",
                        "publish each port by itself on an address, such as " + LOOPBACK,
                        null);
            case Setting.Declared<String> declared
            when EVERY_ADDRESS.matcher(declared.value()).matches() ->
                fail(container, declared, "which means every address of the host", findings);
            case Setting.Declared<String> declared
            when !ADDRESS.matcher(declared.value()).matches() ->
                fail(container, declared, "which is no plain IP address and may be read as every one", findings);
            default -> {
                return true;
            }
        }
        return false;
    }

    private static void fail(Container container, Setting.Declared<String> address, String meaning, Findings findings) {
        String state = "is " + Words.value(address.raw()) + ", " + meaning;
        String remedy = "set it to the address the port is for, such as " + LOOPBACK;
        findings.fail(container, address, state, remedy, null);
    }
}
