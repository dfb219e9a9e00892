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
import dev.portcullis.workload.EnvironmentVariable;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class SecretInEnvironment implements WorkloadCheck {
    private static final CheckInfo INFO = new CheckInfo(
            "secret-in-environment",
            1,
            Severity.HIGH,
            "No secret is written into the environment",
            "Who may look at a container, its manifest or its crash reports reads its environment, and every process in it inherits it.",
            null,
            Fields.in(Form.POD, "env[*].value")
                    .and(Form.CONTAINER, "Env")
                    .and(Form.COMPOSE_SERVICE, "environment")
                    .and(Form.IMAGE, "Config.Env, config.Env"),
            List.of("CIS Docker 4.10", "NSA/CISA secrets"),
            List.of(new Parameter("allow", List.of(), "names of variables that are no secrets, with * for any part")));

    private static final String FROM_SECRET = "take it from a Secret: valueFrom.secretKeyRef, or better a mounted file";

    private static final String FROM_FILE = "hand it over as a mounted file, and name only the file in the environment";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public void evaluate(Workload workload, Criteria criteria, Findings findings) {
        List<String> allowed = criteria.parameters().strings("allow");
        String remedy = workload.platform() == Platform.KUBERNETES ? FROM_SECRET : FROM_FILE;
        for (Container container : workload.containers()) {
            boolean clean = true;
            for (Setting.Declared<EnvironmentVariable> variable : container.environment()) {
                if (variable.value().unknown()) {
                    clean = false;
                    findings.skip(container, variable.value().value());
                    continue;
                }
                String name = variable.value().name();
                String state = suspicion(variable.value());
                if (state != null && allowed.stream().noneMatch(pattern -> NamePattern.matches(pattern, name))) {
                    clean = false;
                    // The name tells two variables apart where the value may not be told.
                    String shown = name + "=" + EnvironmentVariable.REDACTED;
                    findings.fail(
                            container, variable.path(), shown, "is " + Words.value(shown) + ": " + state, remedy, null);
                }
            }
            if (clean) {
                findings.pass(container);
            }
        }
    }

    private static @Nullable String suspicion(EnvironmentVariable variable) {
        String kind = SecretValue.kind(variable.value());
        if (kind != null) {
            return "its value holds " + kind;
        }
        boolean named = SecretName.matches(variable.name()) && !SecretValue.isHarmless(variable.value());
        return named ? "its name says that it is a secret" : null;
    }
}
