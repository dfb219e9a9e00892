package dev.portcullis.catalogue;

import dev.portcullis.check.BuildCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.BuildStep;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageBuild;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class DockerfileUpdateAlone implements BuildCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "dockerfile-update-alone",
            1,
            Severity.LOW,
            "Package lists are refreshed by the RUN that installs from them",
            "The layer of a refresh that stands alone is kept: later builds install from old lists, without the fixes made since.",
            null,
            Fields.in(Form.DOCKERFILE, "RUN"),
            List.of("CIS Docker 4.7"),
            List.of());

    private static final Set<String> MANAGERS =
            Set.of("apt", "apt-get", "aptitude", "apk", "yum", "dnf", "microdnf", "zypper");
    private static final Set<String> REFRESHES = Set.of("update", "refresh", "ref", "makecache");
    private static final Set<String> INSTALLS = Set.of(
            "install",
            "in",
            "add",
            "upgrade",
            "dist-upgrade",
            "full-upgrade",
            "dup",
            "groupinstall",
            "build-dep",
            "safe-upgrade");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(ImageBuild build, Criteria criteria, Findings findings) {
        boolean clean = true;
        for (BuildStep.Run run : build.every(BuildStep.Run.class)) {
            List<List<String>> commands = ShellCommands.of(run.command());
            String refresh = asked(commands, REFRESHES);
            if (refresh != null && asked(commands, INSTALLS) == null) {
                clean = false;
                findings.fail(
                        null,
                        run.path(),
                        null,
                        "has " + refresh + " and installs nothing",
                        "install in the same RUN: RUN " + refresh + " && …",
                        null);
            }
        }
        if (clean) {
            findings.pass(null);
        }
    }

    /** The first package manager that is asked for one of these, with what it is asked for. */
    private static @Nullable String asked(List<List<String>> commands, Set<String> verbs) {
        for (List<String> command : commands) {
            for (int i = 0; i < command.size(); i++) {
                String program = command.get(i).substring(command.get(i).lastIndexOf('/') + 1);
                if (MANAGERS.contains(program)) {
                    String verb = command.subList(i + 1, command.size()).stream()
                            .filter(verbs::contains)
                            .findFirst()
                            .orElse(null);
                    if (verb != null) {
                        return program + " " + verb;
                    }
                    break;
                }
            }
        }
        return null;
    }
}
