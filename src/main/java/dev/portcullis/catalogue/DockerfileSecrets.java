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
            Fields.in(Form.DOCKERFILE, "ENV, ARG, LABEL, COPY, ADD, RUN, CMD, ENTRYPOINT, HEALTHCHECK"),
            List.of("CIS Docker 4.10", "Snyk image practice 5"),
            List.of());

    private static final String REDACTED = EnvironmentVariable.REDACTED;
    private static final int LONGEST_NAME = 60;

    private static final String FOR_A_RUN = "mount it for the RUN that needs it: RUN --mount=type=secret,id=…";
    private static final String IN_A_RUN = "mount it instead: RUN --mount=type=secret,id=…";
    private static final String IN_THE_IMAGE =
            "take it out: mount it when the container starts, or for a RUN by RUN --mount=type=secret,id=…";
    private static final String IN_A_CONTAINER = "read it from a file that is mounted when the container starts";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(ImageBuild build, Criteria criteria, Findings findings) {
        Tale tale = new Tale(findings);
        for (BuildStep.Variable variable : build.every(BuildStep.Variable.class)) {
            String remedy = variable.argument() ? FOR_A_RUN : IN_THE_IMAGE;
            tale.tell(variable.path(), variable.name() + "=" + REDACTED, state(variable), remedy);
        }
        for (BuildStep.Label label : build.every(BuildStep.Label.class)) {
            tale.tell(label.path(), label.name() + "=" + REDACTED, state(label), "take it out");
        }
        for (BuildStep.Files files : build.every(BuildStep.Files.class)) {
            for (String file : SecretFiles.in(files)) {
                tale.tell(files.path(), file, "copies " + Words.value(file) + ", by its name a secret", IN_THE_IMAGE);
            }
            tale.tell(files.path(), null, SecretFiles.written(files), IN_THE_IMAGE);
        }
        for (BuildStep.Run run : build.every(BuildStep.Run.class)) {
            tale.tell(run.path(), null, SecretCommands.state(run.command()), IN_A_RUN);
        }
        for (BuildStep.Start start : build.every(BuildStep.Start.class)) {
            tale.tell(start.path(), null, SecretCommands.state(start.command()), IN_A_CONTAINER);
        }
        if (tale.clean) {
            findings.pass(null);
        }
    }

    /** Puts down what there is to tell, and whether there was anything. */
    private static final class Tale {
        private final Findings findings;
        private boolean clean = true;

        Tale(Findings findings) {
            this.findings = findings;
        }

        void tell(FieldPath path, @Nullable String value, @Nullable String state, String remedy) {
            if (state != null) {
                clean = false;
                findings.fail(null, path, value, state, remedy, null);
            }
        }
    }

    private static @Nullable String state(BuildStep.Label label) {
        String value = label.value() == null ? label.written() : label.value();
        String name = Printable.text(label.name(), LONGEST_NAME);
        String kind = SecretValue.kind(value);
        if (kind != null) {
            return "gives " + name + " a value that holds " + kind;
        }
        boolean named = SecretName.matches(label.name()) && !value.isEmpty() && !SecretValue.isHarmless(value);
        return named ? "gives a value to " + name + ", by its name a secret" : null;
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
