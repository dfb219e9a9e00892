package dev.portcullis.profile.apparmor;

import dev.portcullis.profile.ProfileException;
import dev.portcullis.workload.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/** Writes profiles as {@code apparmor_parser} reads them. */
final class ProfileText {
    private static final int LONGEST_COMMENT = 300;

    /** Runtimes that stop containers by a signal, where they run in profiles of their own. */
    private static final List<String> RUNTIMES = List.of("crun", "runc");

    private final Style style;
    private final Mode mode;
    private final Abi abi;

    ProfileText(Style style, Mode mode, Abi abi) {
        this.style = style;
        this.mode = mode;
        this.abi = abi;
    }

    /** What stands once before all profiles of a text. */
    String preamble() {
        return "abi <abi/" + abi + ">,\n\ninclude <tunables/global>\n";
    }

    String profile(Description description) throws ProfileException {
        String name = description.name().text();
        StringBuilder text = new StringBuilder();
        String flags = (mode == Mode.complain ? "complain," : "") + "attach_disconnected,mediate_deleted";
        text.append("\nprofile ").append(name).append(" flags=(").append(flags).append(") {\n");
        section(text, "", includes(description));
        section(
                text,
                "Engines and processes of the host may end the container; its own processes may do so among"
                        + " themselves",
                signals(name));
        section(text, "Sockets", network(description));
        section(text, "Capabilities", capabilities(description));
        if (abi == Abi.V4) {
            section(text, "What this version of AppArmor mediates beyond that", newer(description));
        }
        section(text, "Files", FileRules.of(description, style, mode));
        section(text, "The kernel", KernelRules.of(description));
        return text.append("}\n").toString();
    }

    /** What it is, what it was made from and how to load it, for people. */
    String header(Description description, String file) {
        String name = description.name().text();
        List<String> lines = new ArrayList<>();
        lines.add("AppArmor profile " + name + ": " + style + ", " + mode + ".");
        lines.addAll(description.origin());
        lines.addAll(description.notes());
        if (mode == Mode.complain) {
            lines.add("It only logs; what engines' own profiles deny of the kernel is denied all the same.");
        }
        lines.add("");
        lines.add("Save it as " + file + " and load it as root, on every node:");
        lines.add("  install -m 644 " + file + " /etc/apparmor.d/ && apparmor_parser -r -W /etc/apparmor.d/" + file);
        lines.add("Use it: docker run --security-opt apparmor=" + name + ", or in a pod's securityContext");
        lines.add("  appArmorProfile: {type: Localhost, localhostProfile: " + name + "}");
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line.isEmpty() ? "#" : "# " + Printable.text(line, LONGEST_COMMENT))
                    .append('\n');
        }
        return text.toString();
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        if (!title.isEmpty()) {
            text.append("\n  # ").append(title).append(".\n");
        }
        lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }

    private static List<String> includes(Description description) {
        List<String> lines = new ArrayList<>(List.of("include <abstractions/base>"));
        description.includes().stream()
                .sorted()
                .distinct()
                .filter(file -> !file.equals("abstractions/base"))
                .forEach(file -> lines.add("include <" + file + ">"));
        return lines;
    }

    private static List<String> signals(String name) {
        List<String> lines = new ArrayList<>(List.of("signal (receive) peer=unconfined,"));
        RUNTIMES.forEach(runtime -> lines.add("signal (receive) peer=" + runtime + ","));
        lines.add("signal (send,receive) peer=" + name + ",");
        lines.add("ptrace (trace,read,tracedby,readby) peer=" + name + ",");
        return lines;
    }

    private List<String> network(Description description) {
        Network network = description.network();
        List<String> lines = new ArrayList<>();
        if (style == Style.ALLOW_LIST || network.equals(Network.NONE)) {
            NavigableSet<String> sockets = network.sockets();
            sockets.forEach(socket -> lines.add("network " + socket + ","));
            // How C libraries list interfaces, which looking up a name does.
            lines.add("network netlink raw,");
            lines.add("network unix,");
            return lines;
        }
        lines.add("network,");
        if (mode == Mode.complain) {
            return lines;
        }
        // Not "network raw", which would take netlink away with it.
        if (!network.raw()) {
            lines.add("deny network inet raw,");
            lines.add("deny network inet6 raw,");
        }
        if (!network.packet()) {
            lines.add("deny network packet,");
        }
        // The kernel's cryptography, which nothing uses and much was found in.
        lines.add("deny network alg,");
        return lines;
    }

    private static List<String> capabilities(Description description) {
        return description.capabilities().all()
                ? List.of("capability,")
                : description.capabilities().names().stream()
                        .map(name -> "capability " + name + ",")
                        .toList();
    }

    private List<String> newer(Description description) {
        List<String> lines = new ArrayList<>(List.of("mqueue,"));
        if (style == Style.DOCKER_DEFAULT) {
            lines.add("io_uring,");
        }
        if (style == Style.DOCKER_DEFAULT || description.capabilities().allows("sys_admin")) {
            lines.add("userns,");
        }
        return lines;
    }
}
