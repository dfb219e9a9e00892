package dev.portcullis.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.resource.ClusterResources;
import dev.portcullis.resource.PolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a schema refuses a resource, it says what the gate itself would say. */
class SameWordsTest {
    private static final Path DEFINITIONS = Path.of("k8s-manifests/crds");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'match': {'kinds': ['Deployment']}}",
                "{'match': {'objects': {'selector': {'matchLabels': {'a': 'b'}}}}}",
                "{'match': {'users': ['ann']}}",
                "{'match': {'groups': ['ops']}, 'mode': 'warn'}",
            })
    void ofPolicies(String spec) throws IOException {
        PolicyException refusal = catchThrowableOfType(
                PolicyException.class, () -> ClusterResources.policy(resource("HardeningPolicy", "", spec)));

        String said = refusal.errors().getFirst().message();
        assertThat(definition("hardeningpolicies")).contains("message=" + said.substring(said.indexOf(": ") + 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind': 'Pod', 'name': 'web'}",
                "{'platform': 'docker', 'kind': 'Container', 'name': 'web', 'namespace': 'shop'}"
            })
    void ofExemptions(String subject) throws IOException {
        String spec = "{'subject': " + subject + ", 'checks': ['privileged'], 'owner': 'o', 'reason': 'r',"
                + " 'expiresAt': '2099-01-01T00:00:00Z'}";
        PolicyException refusal = catchThrowableOfType(
                PolicyException.class,
                () -> ClusterResources.exemption(resource("HardeningExemption", ", 'namespace': 'held'", spec)));

        String said = refusal.errors().getFirst().message();
        assertThat(definition("hardeningexemptions")).contains(remedy(said));
    }

    /** Behind the field and, where it is missing, that it is. */
    private static String remedy(String said) {
        return said.substring(said.indexOf(": ") + 2).replaceFirst("^.*is missing: ", "");
    }

    private static JsonNode resource(String kind, String metadata, String spec) {
        return JsonMapper.shared()
                .readTree(
                        "{'apiVersion': 'portcullis.dev/v1alpha1', 'kind': '%s', 'metadata': {'name': 'a'%s}, 'spec': %s}"
                                .formatted(kind, metadata, spec)
                                .replace('\'', '"'));
    }

    /** As one text: YAML folds long lines. */
    private static String definition(String plural) throws IOException {
        Object tree = new Yaml().load(Files.readString(DEFINITIONS.resolve(plural + ".portcullis.dev.yaml")));
        return Objects.requireNonNull(tree).toString();
    }
}
