package dev.portcullis.catalogue;

import dev.portcullis.check.BuildCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.BuildStage;
import dev.portcullis.workload.BuildStep;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageBuild;
import java.util.List;
import java.util.regex.Pattern;

final class DockerfileSetuid implements BuildCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "dockerfile-setuid",
            1,
            Severity.LOW,
            "Programs in an image have no setuid or setgid bits",
            "A program with such a bit runs as its owner whoever starts it: a flaw in it makes a user root.",
            null,
            Fields.in(Form.DOCKERFILE, "RUN"),
            List.of("CIS Docker 4.8"),
            List.of(),
            true);

    private static final Pattern MODE = Pattern.compile("[ugoa]*-[rwx]*s[rwxst]*");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(ImageBuild build, Criteria criteria, Findings findings) {
        boolean removed = build.shaping(BuildStep.Run.class).stream()
                .flatMap(run -> ShellCommands.of(run.command()).stream())
                .anyMatch(DockerfileSetuid::removes);
        BuildStage bottom = build.image().bottom();
        if (removed || bottom.isFromScratch()) {
            findings.pass(null);
        } else {
            findings.fail(
                    null,
                    bottom.path(),
                    null,
                    "may bring programs with setuid or setgid bits, and no RUN removes them",
                    "add RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +",
                    null);
        }
    }

    /** {@code chmod a-s}, also after {@code find}'s -exec or xargs. */
    private static boolean removes(List<String> command) {
        int chmod = command.indexOf("chmod");
        return chmod >= 0
                && command.subList(chmod, command.size()).stream()
                        .anyMatch(word -> MODE.matcher(word).matches());
    }
}
