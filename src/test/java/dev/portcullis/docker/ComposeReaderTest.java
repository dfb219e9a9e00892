package dev.portcullis.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.docker.compose.EnvironmentFile;
import dev.portcullis.docker.compose.Surroundings;
import dev.portcullis.document.Document;
import dev.portcullis.document.Yaml;
import dev.portcullis.document.YamlDialect;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.testing.Facts;
import dev.portcullis.testing.Sets;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Setting;
import dev.portcullis.workload.Workload;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeReaderTest {
    private static final Evaluator EVALUATOR = new Evaluator(true);

    /** A folder of texts. */
    private record Folder(Map<String, String> files, Map<String, String> environment) implements Surroundings.Location {
        @Override
        public String folder() {
            return "/project";
        }

        @Override
        public byte[] read(String path) throws IOException {
            String text = files.get(path);
            if (text == null) {
                throw new IOException("no such file");
            }
            return text.getBytes(UTF_8);
        }

        @Override
        public Surroundings.Location beside(String path) {
            return this;
        }
    }

    private static List<ComposeReader.Item> read(String yaml, Surroundings.@Nullable Location location)
            throws Exception {
        Document document = ((Yaml.Read) Yaml.readEach(yaml.getBytes(UTF_8), 1, keys -> YamlDialect.COMPOSE)
                        .getFirst())
                .document();
        return ComposeReader.read(document.root(), document.positions(), location);
    }

    private static Workload service(String keys, Surroundings.@Nullable Location location) throws Exception {
        String yaml = "services:\n  web:\n" + keys.indent(4);
        return switch (read(yaml, location).getFirst()) {
            case ComposeReader.Service service -> service.workload();
            case ComposeReader.Malformed malformed -> throw new AssertionError(malformed.problem());
        };
    }

    private static List<String> problems(String yaml, Surroundings.@Nullable Location location) throws Exception {
        return read(yaml, location).stream()
                .filter(ComposeReader.Malformed.class::isInstance)
                .map(item -> ((ComposeReader.Malformed) item).problem())
                .toList();
    }

    private static List<Finding> judge(Workload workload) {
        return Sets.judge(EVALUATOR, workload, BuiltInPolicies.set(Mode.ENFORCE)).findings().stream()
                .map(Judged::finding)
                .toList();
    }

    private static Set<String> checks(Workload workload, Result result) {
        return judge(workload).stream()
                .filter(finding -> finding.result() == result)
                .map(finding -> finding.check().id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void nothingPassesWhereNothingIsKnown() throws Exception {
        Workload workload = service("extends: {file: other.yaml, service: web}", null);

        assertThat(checks(workload, Result.PASS)).isEmpty();
        assertThat(checks(workload, Result.FAIL)).isEmpty();
    }

    @Test
    void whatAServiceSaysItselfIsJudgedWhateverItExtends() throws Exception {
        Workload workload = service("""
                extends: {file: other.yaml, service: web}
                privileged: true
                pid: host
                volumes: ["/:/host"]
                """, null);

        assertThat(checks(workload, Result.FAIL))
                .containsExactlyInAnyOrder(
                        "privileged",
                        "host-pid",
                        "host-path-volumes",
                        "read-only-mounts",
                        "runtime-socket",
                        "sensitive-host-paths");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cap_add: [\"${X}\"]|capabilities-added",
                "privileged: ${X:-false}|privileged",
                "user: $X|run-as-non-root",
                "security_opt: [\"no-new-privileges:${X}\"]|no-new-privileges",
                "pids_limit: ${X}|pids-limit",
                "mem_limit: ${X}m|memory-limit",
                "deploy: {resources: {limits: {memory: \"${X}\"}}}|memory-limit",
                "ports: [\"${X}:80\"]|host-ports",
                "volumes: [\"${X}:/data\"]|host-path-volumes",
                "volumes: [{type: bind, source: \"${X}\", target: /data}]|sensitive-host-paths",
                "network_mode: ${X}|host-network",
                "ipc: ${X}|host-ipc",
                "sysctls: [\"${X}=1\"]|sysctls",
                "image: web:${X}|image-tag"
            })
    void aVariableThatIsNotKnownIsASkip(String both) throws Exception {
        String[] parts = both.split("\\|", 2);
        Workload workload = service(parts[0], null);

        assertThat(checks(workload, Result.SKIP)).contains(parts[1]);
        assertThat(checks(workload, Result.PASS)).doesNotContain(parts[1]);
        assertThat(judge(workload))
                .anySatisfy(finding -> assertThat(finding.message()).contains("depends on the variable X"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "512b | 512",
                "1k | 1024",
                "2kb | 2048",
                "64m | 67108864",
                "64MB | 67108864",
                "1.5g | 1610612736",
                "1gb | 1073741824",
                "1GiB | 1073741824",
                "268435456 | 268435456"
            })
    void sizes(String written, String bytes) throws Exception {
        assertThat(service("mem_limit: " + written, null)
                        .containers()
                        .getFirst()
                        .memoryLimit()
                        .effective())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "80 | 0",
                "8080:80 | 8080",
                "127.0.0.1:8080:80 | 8080",
                "'[::1]:8080:80/udp' | 8080",
                "8080-8081:80 | 8080-8081",
                "127.0.0.1::80 | 0"
            })
    void portsThatAreTaken(String port, String taken) throws Exception {
        var ports = service("ports: [\"" + port + "\"]", null)
                .containers()
                .getFirst()
                .hostPorts();

        assertThat(ports.effective())
                .isNotNull()
                .extracting(Setting.Declared::value)
                .containsExactly(taken);
    }

    @Test
    void anAddressIsWrittenIntoAPortInShortSyntax() throws Exception {
        var interfaces = service("ports: [\"8080:80\", 81, {target: 82}]", null)
                .containers()
                .getFirst()
                .hostAccess()
                .interfaces();

        assertThat(interfaces)
                .extracting(address -> ((Setting.Absent<String>) address).edit("127.0.0.1"))
                .extracting(edit -> edit.path().field() + " " + ((Edit.Set) edit).value())
                .containsExactly(
                        "services.web.ports[0] 127.0.0.1:8080:80",
                        "services.web.ports[1] 127.0.0.1::81",
                        "services.web.ports[2].host_ip 127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:/x | data:/x:ro",
                "data:/x:z | data:/x:z,ro",
                "/srv:/x | /srv:/x:ro",
            })
    void readOnlyIsWrittenIntoAVolumeInShortSyntax(String volume, String mended) throws Exception {
        var mount = service("volumes: [\"" + volume + "\"]", null)
                .containers()
                .getFirst()
                .mounts()
                .getFirst();

        assertThat(((Setting.Absent<Boolean>) mount.readOnly()).edit(true))
                .isEqualTo(new Edit.Set(mount.path(), mended));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no: true | services.web.no is no key that a service has",
                "privileged: maybe | services.web.privileged is \"maybe\": write true or false",
                "ports: [http] | services.web.ports[0] is \"http\"",
                "ports: ['999999:80'] | services.web.ports[0] is \"999999:80\"",
                "volumes: ['aa:bb:cc:dd'] | services.web.volumes[0] is \"aa:bb:cc:dd\"",
                "volumes: [{type: odd, target: /x}] | services.web.volumes[0].type is \"odd\"",
                "mem_limit: lots | services.web.mem_limit is \"lots\": write a size, such as 256m",
                "cap_add: {A: 1} | services.web.cap_add is a mapping: write a list",
                "image: ${A:?say it | services.web.image is",
                "image: ${1} | services.web.image is",
                "extends: none | services.web.extends names \"none\", which is no service here",
                "extends: web | services.web.extends leads back to itself",
                "security_opt: [odd=1] | services.web.security_opt[0] names \"odd\""
            })
    void whatDockerComposeRefusesIsToldWithItsPlace(String keys, String problem) throws Exception {
        String yaml = "services:\n  web:\n    " + keys + "\n  fine:\n    image: fine\n";

        assertThat(problems(yaml, null)).hasSize(1).first().asString().startsWith(problem);
        assertThat(read(yaml, null)).hasSize(2).anyMatch(ComposeReader.Service.class::isInstance);
    }

    @Test
    void aRequiredVariableThatIsMissingIsAnError() throws Exception {
        String yaml = "services: {web: {image: \"${TAG:?name the version}\"}}";

        assertThat(problems(yaml, new Folder(Map.of(), Map.of())))
                .containsExactly(
                        "services.web.image requires the variable TAG (name the version): set it in the environment or in"
                                + " .env");
        assertThat(problems(yaml, null)).isEmpty();
    }

    @Test
    void aSeccompProfileIsKnownByItsDigest() throws Exception {
        Folder folder = new Folder(Map.of("web.json", "{ \"defaultAction\": \"SCMP_ACT_ALLOW\" }"), Map.of());
        Workload workload = service("security_opt: [\"seccomp:web.json\"]", folder);

        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest("{\"defaultAction\":\"SCMP_ACT_ALLOW\"}".getBytes(UTF_8)));
        assertThat(Facts.of(workload)).contains("sha256:" + digest);
        assertThat(checks(workload, Result.FAIL)).contains("seccomp-profile");
    }

    @Test
    void aSeccompProfileThatForbidsMoreThanTheDefaultPasses() throws Exception {
        Folder folder = new Folder(Map.of("web.json", "{\"defaultAction\": \"SCMP_ACT_ERRNO\"}"), Map.of());
        Workload workload = service("security_opt: [\"seccomp:web.json\"]", folder);

        assertThat(checks(workload, Result.FAIL)).doesNotContain("seccomp-profile");
    }

    @Test
    void variablesThatMultiplyEndInAnError() throws Exception {
        String large = "x".repeat(1 << 20);
        String yaml = "services: {web: {image: \"" + "${A}".repeat(64) + "\"}}";

        assertThat(problems(yaml, new Folder(Map.of(), Map.of("A", large)))).hasSize(1);
        assertThat(problems(
                        "services: {web: {image: \"" + "${A:-".repeat(40) + "x" + "}".repeat(40) + "\"}}",
                        new Folder(Map.of(), Map.of())))
                .hasSize(1);
    }

    @Test
    void everyServiceIsJudgedWhateverItsProfile() throws Exception {
        assertThat(read("services: {a: {image: a, profiles: [debug]}, b: {image: b}}", null))
                .hasSize(2);
    }

    @Test
    void aHookThatRunsInAContainerOfItsOwnTakesWhatItsServiceHas() throws Exception {
        List<ComposeReader.Item> items =
                read("services: {web: {image: web, user: '5', pre_start: [{image: init, privileged: true}]}}", null);

        assertThat(items).hasSize(2);
        Workload hook = ((ComposeReader.Service) items.getLast()).workload();
        assertThat(hook.containers().getFirst().privileged().effective()).isTrue();
        assertThat(hook.containers().getFirst().image().effective()).isEqualTo("init");
        assertThat(hook.containers().getFirst().runAsUser().own().isDeclared()).isTrue();
    }

    private static Workload first(String yaml, Surroundings.@Nullable Location location) throws Exception {
        return ((ComposeReader.Service) read(yaml, location).getFirst()).workload();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "services: {web: {image: a}} | networks: {default: {external: true, name: host}}",
                "services: {web: {image: a, networks: [x]}} | networks: {x: {name: host}}",
                "services: {web: {image: a, networks: [a, x]}} | networks: {a: {}, x: {name: host}}",
                "services: {web: {image: a, networks: {host: {}}}} | networks: {host: {external: true}}",
                "services: {web: {image: a, networks: [x]}} | networks: {x: {external: {name: host}}}",
                "services: {web: {image: a, build: {context: ., network: host}}} | name: a"
            })
    void theHostsNetworkIsToldWhereItIsNamed(String services, String networks) throws Exception {
        assertThat(checks(first(services + "\n" + networks, null), Result.FAIL)).contains("host-network");
    }

    @Test
    void aNetworkWhoseNameIsNotKnownIsASkip() throws Exception {
        Workload workload =
                first("services: {web: {image: a, networks: [x]}}\nnetworks: {x: {name: \"${N:-host}\"}}", null);

        assertThat(checks(workload, Result.SKIP)).contains("host-network");
        assertThat(checks(workload, Result.PASS)).doesNotContain("host-network");
        assertThat(checks(
                        first("services: {web: {image: a, networks: [x]}}\nnetworks: {x: {name: front}}", null),
                        Result.PASS))
                .contains("host-network");
    }

    @Test
    void anElementThatIsResetIsNotThere() throws Exception {
        assertThat(checks(service("cap_drop: [!reset ALL]", null), Result.FAIL)).contains("capabilities-dropped");
    }

    @Test
    void aTargetThatLeadsBackHidesNoBind() throws Exception {
        Folder folder =
                new Folder(Map.of("base.yaml", "services: {b: {volumes: [\"./data:/../../../../mnt/d\"]}}"), Map.of());
        Workload workload = service("extends: {file: base.yaml, service: b}", folder);

        assertThat(checks(workload, Result.FAIL)).contains("host-path-volumes");
        assertThat(Facts.of(workload)).contains("/project/data");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "post_start: [{command: x, privileged: true, user: root}]",
                "pre_stop: [{command: x, privileged: true, user: '0:0'}]",
                "develop: {watch: [{path: ., action: sync+exec, exec: {command: x, privileged: true, user: '0'}}]}"
            })
    void aCommandThatRunsInTheContainerCountsAsItsService(String keys) throws Exception {
        Workload workload = service("user: '10001'\n" + keys, null);

        assertThat(checks(workload, Result.FAIL)).contains("privileged", "run-as-user");
    }

    @Test
    void whatStaysWritableBelowAReadOnlyMountIsTold() throws Exception {
        String volume = "volumes: [{type: bind, source: /srv, target: /srv, read_only: true, bind: {recursive: %s}}]";

        assertThat(judge(service(volume.formatted("writable"), null)))
                .anySatisfy(finding -> assertThat(finding.message())
                        .startsWith("services.web.volumes[0].bind.recursive is \"writable\"")
                        .endsWith("set it to \"enabled\""));
        assertThat(checks(service(volume.formatted("disabled"), null), Result.PASS))
                .contains("read-only-mounts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"~/key", "../../etc/shadow"})
    void aSecretThatLeavesTheFolderIsNotJudgedWhereTheFolderIsNotKnown(String file) throws Exception {
        Workload workload =
                first("services: {web: {image: a, secrets: [s]}}\nsecrets: {s: {file: '" + file + "'}}", null);

        assertThat(checks(workload, Result.SKIP)).contains("sensitive-host-paths");
        assertThat(judge(workload))
                .noneSatisfy(finding -> assertThat(finding.message()).contains("/compose/"));
    }

    @Test
    void aServiceWithAProviderIsShownAndNotJudged() throws Exception {
        Workload workload = service("provider: {type: model}\nprivileged: true", null);

        assertThat(checks(workload, Result.PASS)).isEmpty();
        assertThat(checks(workload, Result.FAIL)).isEmpty();
        assertThat(judge(workload))
                .anySatisfy(finding -> assertThat(finding.message()).contains("runs a program of the machine"));
    }

    @Test
    void whatServicesShareIsCountedForEach() throws Exception {
        String base = "  base: {image: a, environment: ["
                + IntStream.range(0, 2_000).mapToObj(i -> "A" + i).collect(Collectors.joining(","))
                + "]}\n";
        String extending = IntStream.range(0, 2_000)
                .mapToObj(i -> "  s" + i + ": {extends: base, environment: [B]}\n")
                .collect(Collectors.joining());

        assertThat(problems("services:\n" + base + extending, null))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).contains("makes the file too large"));
    }

    @Test
    void portsAreCountedForAllServices() throws Exception {
        String ports = "ports: [" + "1-65535,".repeat(50) + "]";

        assertThat(problems("services: {web: {image: a, " + ports + "}}", null))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("services.web.ports[0] brings the file to more than 20000 ports");
        assertThat(problems("services: {web: {image: a, expose: [1-65535]}}", null))
                .hasSize(1);
    }

    @Test
    void inclusionsThatMultiplyEndInAnError() throws Exception {
        Map<String, String> files = IntStream.range(0, 20)
                .boxed()
                .collect(Collectors.toMap(
                        i -> i + ".yaml", i -> "include: [" + (i + 1) + ".yaml, " + (i + 1) + ".yaml]\nservices: {}"));
        Map<String, String> all = new HashMap<>(files);
        all.put("20.yaml", "services: {}");

        assertThat(problems("include: [0.yaml]", new Folder(all, Map.of())))
                .hasSize(1)
                .first()
                .asString()
                .contains("is one file too many");
    }

    @Test
    void aPathThatNoMachineHasBreaksNothing() throws Exception {
        assertThat(read("services: {web: {image: a, volumes: [\"./a\\0b:/x\"]}}", new Folder(Map.of(), Map.of())))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pids-limit | services.web.deploy.resources.limits.pids",
                "cpu-limit | services.web.deploy.resources.limits.cpus",
                "memory-limit | services.web.deploy.resources.limits.memory"
            })
    void aLimitGoesBesideTheLimitsThatAreThere(String check, String place) throws Exception {
        Workload workload = service("deploy: {resources: {limits: {}}}", null);

        assertThat(judge(workload))
                .filteredOn(finding -> finding.check().id().equals(check))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.message()).startsWith(place));
    }

    @Test
    void theEnginesSocketIsNoMountThatCouldBeReadOnly() throws Exception {
        Workload workload = service("use_api_socket: true", null);

        assertThat(checks(workload, Result.FAIL)).contains("runtime-socket").doesNotContain("read-only-mounts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "services | true",
                "services,apiVersion | false",
                "include | true",
                "include,networks,x-note | true",
                "include,stages | false",
                "networks | false"
            })
    void whichRootKeysMakeAComposeFile(String keys, boolean compose) {
        assertThat(ComposeReader.isComposeFile(Set.of(keys.split(",")))).isEqualTo(compose);
    }

    @Test
    void oneLetterBeforeAColonIsADrive() throws Exception {
        assertThat(problems("services: {web: {image: a, volumes: ['v:/x:ro']}}", null))
                .containsExactly("services.web.volumes[0] is \"v:/x:ro\", where a single letter is a drive of Windows:"
                        + " give the volume a longer name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A=\"x\\ny\" | x<n>y",
                "A=\"x\\\\ny\" | x\\ny",
                "A=\"x\\$B\" | x$B",
                "A='it\\'s' | it's",
                "A='x\\ny' | x\\ny",
                "A=\"\\0101\" | A",
                "A=x # y | x"
            })
    void quotesOfEnvironmentFilesAreReadAsDockerComposeReadsThem(String line, String value) throws Exception {
        assertThat(EnvironmentFile.parse("Z=1\n" + line + "\n", Map.of()).get("A"))
                .isEqualTo(value.replace("<n>", "\n"));
    }
}
