package dev.portcullis.catalogue;

import dev.portcullis.check.BuildCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.workload.BuildStage;
import dev.portcullis.workload.BuildStep;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageBuild;
import dev.portcullis.workload.Setting;
import java.util.List;
import java.util.regex.Pattern;

final class DockerfileUser implements BuildCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "dockerfile-user",
            1,
            Severity.HIGH,
            "An image runs as a user other than root",
            "A process that breaks out of a container that runs as root is root on the host, unless something else stands in its way.",
            null,
            Fields.in(Form.DOCKERFILE, "USER"),
            List.of("CIS Docker 4.1", "Snyk image practice 2"),
            List.of());

    private static final Pattern ZERO = Pattern.compile("[+-]?0++");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(ImageBuild build, Criteria criteria, Findings findings) {
        BuildStep.User last = build.last(BuildStep.User.class).orElse(null);
        if (last == null) {
            missing(build.image(), findings);
            return;
        }
        switch (last.user()) {
            case Setting.Declared<String> user
            when isRoot(user.value()) ->
                findings.fail(null, user, state(user), "name another user, such as 10001", null);
            case Setting.Inexpressible<String> open -> findings.skip(null, last.path(), open.why());
            default -> findings.pass(null);
        }
    }

    /** What an image that is built on is run as is not in the file. */
    private static void missing(BuildStage image, Findings findings) {
        String state = image.bottom().isFromScratch()
                ? "is not set, and an image from scratch then runs as root"
                : "is not set: who runs the image is left to the one it is built on, most often root";
        findings.fail(
                null, image.path().as("USER"), null, state, "add one after what needs root, such as USER 10001", null);
    }

    private static boolean isRoot(String user) {
        int colon = user.indexOf(':');
        String name = colon < 0 ? user : user.substring(0, colon);
        return name.isEmpty() || name.equals("root") || ZERO.matcher(name).matches();
    }

    private static String state(Setting.Declared<String> user) {
        String written = "is " + Words.value(user.raw());
        return user.raw().equals(user.value()) ? written : written + ", which is " + Words.value(user.value());
    }
}
