package dev.portcullis.catalogue;

import dev.portcullis.check.BuildCheck;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Criteria;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Severity;
import dev.portcullis.check.Words;
import dev.portcullis.workload.BuildStep;
import dev.portcullis.workload.EnvironmentVariable;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageBuild;
import dev.portcullis.workload.Printable;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class DockerfileSecrets implements BuildCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "dockerfile-secrets",
            1,
            Severity.HIGH,
            "No secret is written into an image",
            "What an image is built with stays in its layers and its history: whoever can pull it can read it, deleted or not.",
            null,
            Fields.in(Form.DOCKERFILE, "ENV, ARG, COPY, ADD, RUN"),
            List.of("CIS Docker 4.10", "Snyk image practice 5"),
            List.of());

    private static final String REDACTED = EnvironmentVariable.REDACTED;
    private static final int LONGEST_NAME = 60;
    private static final String MOUNT = "hand it to the RUN that needs it: RUN --mount=type=secret,id=…";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(ImageBuild build, Criteria criteria, Findings findings) {
        boolean clean = true;
        for (BuildStep.Variable variable : build.every(BuildStep.Variable.class)) {
            clean &= tell(variable.path(), variable.name() + "=" + REDACTED, state(variable), findings);
        }
        for (BuildStep.Files files : build.every(BuildStep.Files.class)) {
            String key = SecretFiles.in(files);
            clean &= tell(files.path(), key, key == null ? null : "copies " + Words.value(key), findings);
            clean &= tell(files.path(), null, SecretFiles.written(files), findings);
        }
        for (BuildStep.Run run : build.every(BuildStep.Run.class)) {
            clean &= tell(run.path(), null, SecretCommands.state(run), findings);
        }
        if (clean) {
            findings.pass(null);
        }
    }

    /** Whether there is nothing to tell. */
    private static boolean tell(FieldPath path, @Nullable String value, @Nullable String state, Findings findings) {
        if (state != null) {
            findings.fail(null, path, value, state, MOUNT, null);
        }
        return state == null;
    }

    /** What is wrong with a variable: what it holds, or what its name says. The value itself is never told. */
    private static @Nullable String state(BuildStep.Variable variable) {
        String value = variable.value() == null ? variable.written() : variable.value();
        String name = Printable.text(variable.name(), LONGEST_NAME);
        String kind = value == null ? null : SecretValue.kind(value);
        if (kind != null) {
            return "gives " + name + " a value that holds " + kind;
        }
        if (!SecretName.matches(variable.name())) {
            return null;
        }
        if (variable.argument() && value == null) {
            return "takes " + name + " as a build argument, which the image's history keeps";
        }
        if (variable.value() == null) {
            return "keeps in " + name + " what the build is given, by its name a secret";
        }
        boolean harmless = variable.value().isEmpty() || SecretValue.isHarmless(variable.value());
        return harmless ? null : "gives a value to " + name + ", by its name a secret";
    }
}
