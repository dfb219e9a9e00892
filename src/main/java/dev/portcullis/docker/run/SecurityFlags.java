package dev.portcullis.docker.run;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Flags that let a container out, or keep it in. */
final class SecurityFlags {
    private static final Set<String> SYSCTLS = Set.of(
            "kernel.msgmax",
            "kernel.msgmnb",
            "kernel.msgmni",
            "kernel.sem",
            "kernel.shmall",
            "kernel.shmmax",
            "kernel.shmmni",
            "kernel.shm_rmid_forced");

    private static final String NO_NEW_PRIVILEGES = "no-new-privileges";
    private static final String SECCOMP = "seccomp";

    private SecurityFlags() {}

    /** A namespace's mode; one that ends with a colon is followed by a name. */
    static Flag.Meaning mode(String place, String... modes) {
        return (given, draft) -> {
            String value = given.value();
            boolean known = value.isEmpty();
            for (String mode : modes) {
                boolean joins = mode.endsWith(":");
                known |= joins ? value.startsWith(mode) && value.length() > mode.length() : value.equals(mode);
            }
            if (!known) {
                throw given.refuseValue("write " + String.join(" or ", List.of(modes)) + ", or leave it out");
            }
            draft.set(place, Draft.NODES.stringNode(value), given);
        };
    }

    /** In the client's spelling; a list of them has each once. */
    static Flag.Meaning capability(String place) {
        return (given, draft) -> {
            String name = given.value().strip().toUpperCase(Locale.ROOT);
            boolean whole = name.equals("ALL") || name.startsWith("CAP_");
            String sent = whole ? name : "CAP_" + name;
            draft.keyed(place, sent, Draft.NODES.stringNode(sent), null, given);
        };
    }

    /** The client sends the content of a profile that it finds in a file, and empty lists for unmasked paths. */
    static void option(Given given, Draft draft) throws RunLineException {
        String option = given.value();
        FlagValues.Pair said = FlagValues.Pair.of(option, '=');
        if (!said.complete() && !said.name().equals(NO_NEW_PRIVILEGES)) {
            said = FlagValues.Pair.of(option, ':');
        }
        if (said.value().isEmpty() && !said.name().equals(NO_NEW_PRIVILEGES)) {
            throw given.refuseValue("write name=value");
        }
        if (option.equals("systempaths=unconfined")) {
            draft.set("HostConfig/MaskedPaths", Draft.NODES.arrayNode(), given);
            draft.set("HostConfig/ReadonlyPaths", Draft.NODES.arrayNode(), given);
        } else if (said.name().equals(SECCOMP)
                && !Set.of("unconfined", "builtin").contains(said.value())) {
            draft.addUnknown(
                    "HostConfig/SecurityOpt",
                    "seccomp=",
                    "--security-opt seccomp names a file, which is not read here: portcullis seccomp explain says what it allows",
                    given);
        } else {
            draft.add("HostConfig/SecurityOpt", Draft.NODES.stringNode(option), given);
        }
    }

    static void sysctl(Given given, Draft draft) throws RunLineException {
        FlagValues.Pair sysctl = FlagValues.Pair.of(given.value(), '=');
        String name = sysctl.name();
        boolean allowed = SYSCTLS.contains(name) || name.startsWith("net.") || name.startsWith("fs.mqueue.");
        if (!sysctl.complete() || !allowed) {
            throw given.refuseValue("docker allows net.…, fs.mqueue.… and kernel.sem, shm… and msg…, as name=value");
        }
        draft.member("HostConfig/Sysctls", name, Draft.NODES.stringNode(sysctl.value()), given);
    }

    /** The client mounts the engine's own socket. */
    static void apiSocket(Given given, Draft draft) throws RunLineException {
        if (FlagValues.bool(given, given.value())) {
            draft.add(
                    "HostConfig/Mounts",
                    Draft.NODES
                            .objectNode()
                            .put("Type", "bind")
                            .put("Source", "/var/run/docker.sock")
                            .put("Target", "/var/run/docker.sock"),
                    given);
        }
    }
}
