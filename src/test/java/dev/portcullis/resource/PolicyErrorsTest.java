package dev.portcullis.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a policy's text, with its place. */
final class PolicyErrorsTest {
    private static final String HEAD = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: default}
            """;

    @TempDir
    Path folder;

    /** What stands behind {@code spec:} in line 4 of a file, and the error without the file's name. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [] | 4:7: spec: must be an object, but is a list
            hardened | 4:7: spec: must be an object, but is "hardened"
            {profil: hardened} | 4:8: spec.profil: there is no such field; did you mean "profile"?
            {colour: red} | 4:8: spec.colour: there is no such field; spec has match, profile, version, mode, fix, checks, rules, acts, docker, podSecurityLabels, exemptionNamespaces
            {rules: [{name: a}]} | 4:16: spec.rules[0]: expression is missing: write in CEL what must be true
            {rules: [{expression: "true"}]} | 4:16: spec.rules[0]: name is missing: name the rule
            {rules: {name: a}} | 4:15: spec.rules: must be a list, but is an object
            {rules: [{name: A, expression: "true"}]} | 4:23: spec.rules[0].name: "A" is no name: use at most 63 lower-case letters, digits and -, with a letter or digit at both ends
            {rules: [{name: a, expression: "true"}, {name: a, expression: "true"}]} | 4:54: spec.rules[1].name: "a" is in the list twice: rename one of them
            {rules: [{name: a, expression: "true", mesage: a}]} | 4:46: spec.rules[0].mesage: there is no such field; did you mean "message"?
            {rules: [{name: a, expression: "1"}]} | 4:38: spec.rules[0].expression: it must give bool and gives int
            {rules: [{name: a, expression: "object.spec.containrs.size() > 0"}]} | 4:38: spec.rules[0].expression: line 1, column 12: undefined field 'containrs'; did you mean 'containers'?
            {rules: [{name: a, expression: "workload.contaners.size() > 0"}]} | 4:38: spec.rules[0].expression: line 1, column 9: undefined field 'contaners'; did you mean 'containers'?
            {rules: [{name: a, expression: "request.userinfo.username != ''"}]} | 4:38: spec.rules[0].expression: line 1, column 8: undefined field 'userinfo'; did you mean 'userInfo'?
            {rules: [{name: a, expression: "namespaceObject.labels.size() > 0"}]} | 4:38: spec.rules[0].expression: line 1, column 16: undefined field 'labels'
            {rules: [{name: a, expression: "objekt.spec.hostNetwork"}]} | 4:38: spec.rules[0].expression: line 1, column 1: undeclared reference to 'objekt'
            {rules: [{name: a, expression: "object.spec.hostNetwork == 'yes'"}]} | 4:38: spec.rules[0].expression: line 1, column 25: found no matching overload for '_==_' applied to '(bool, string)'
            {rules: [{name: a, expression: "true", messageExpression: "1"}]} | 4:65: spec.rules[0].messageExpression: it must give string and gives int
            {rules: [{name: a, expression: "true", fix: {}}]} | 4:51: spec.rules[0].fix: patch is missing: write the operations of a JSON Patch
            {rules: [{name: a, expression: "true", fix: {patch: []}}]} | 4:59: spec.rules[0].fix.patch: must be a list of 1 to 64 operations of a JSON Patch
            {rules: [{name: a, expression: "true", fix: {patch: [{op: remove, path: /spec/hostNetwork}]}}]} | 4:65: spec.rules[0].fix.patch[0].op: is "remove"; a rule's fix may add or replace
            {rules: [{name: a, expression: "true", fix: {patch: [{op: add, path: /spec/hostNetwork}]}}]} | 4:60: spec.rules[0].fix.patch[0]: is missing: say what is to be written
            {rules: [{name: a, expression: "true", fix: {patch: [{op: add, path: /spec/hostNetwork, value: "no"}]}}]} | 4:102: spec.rules[0].fix.patch[0].value: "hostNetwork" takes true or false
            {rules: [{name: a, expression: "true", fix: {patch: [{op: add, path: /spec/hostNetwrk, value: false}]}}]} | 4:76: spec.rules[0].fix.patch[0].path: a pod has no field "hostNetwrk" there; did you mean "hostNetwork"?
            {rules: [{name: a, expression: "true", fix: {patch: [{op: add, path: /spec/containers, value: []}]}}]} | 4:76: spec.rules[0].fix.patch[0].path: leads to a list, which a rule's fix leaves alone
            {rules: [{name: a, expression: "true", fix: {patch: [{op: add, path: /spec/containers/0/image, value: a}]}}]} | 4:76: spec.rules[0].fix.patch[0].path: leads to a list, which a rule's fix leaves alone
            {rules: [{name: a, expression: "true", fix: {patch: [{op: add, path: /metadata/labels, value: {}}]}}]} | 4:76: spec.rules[0].fix.patch[0].path: a rule's fix may write one label, one annotation or a field of the spec: write it as /metadata/labels/team
            {rules: [{name: a, expression: "true", fix: {patch: [{op: add, path: /metadata/uid, value: a}]}}]} | 4:76: spec.rules[0].fix.patch[0].path: a rule's fix may write one label, one annotation or a field of the spec: write it as /metadata/labels/team
            {rules: [{name: a, expression: "true", fix: {patch: [{op: add, path: /spec, value: {}}]}}]} | 4:76: spec.rules[0].fix.patch[0].path: a rule's fix may write one label, one annotation or a field of the spec: write it as /metadata/labels/team
            {acts: {exec: {}}} | 4:14: spec.acts: must be a list, but is an object
            {acts: [exec]} | 4:15: spec.acts[0]: must be an object, but is "exec"
            {acts: [{mode: warn}]} | 4:15: spec.acts[0]: act is missing: name it, such as exec-as-root
            {acts: [{act: exec, why: no}]} | 4:27: spec.acts[0].why: there is no such field; an act has act, mode, except, parameters
            {acts: [{act: 1}]} | 4:21: spec.acts[0].act: must be text, but is 1: put it in quotes
            {acts: [{act: exec-as-rot}]} | 4:21: spec.acts[0].act: there is no act "exec-as-rot"; did you mean "exec-as-root"?
            {acts: [{act: dance}]} | 4:21: spec.acts[0].act: there is no act "dance"; use one of exec-privileged, exec-as-root, exec, attach, update-loosens-limits, volume-of-host-path, build-with-host-network, image-import, plugin-install, swarm-change, archive-write, commit
            {acts: [{act: privileged}]} | 4:21: spec.acts[0].act: "privileged" is a check: write it under spec.checks
            {acts: [{act: runtime-socket}]} | 4:21: spec.acts[0].act: "runtime-socket" is a check: write it under spec.checks
            {acts: [{act: exec, mode: wran}]} | 4:33: spec.acts[0].mode: "wran" is not known; did you mean "warn"?
            {acts: [{act: exec}, {act: exec, mode: warn}]} | 4:34: spec.acts[1].act: "exec" is in the list twice: keep one of them
            {acts: [{act: exec, except: [oncall]}]} | 4:35: spec.acts[0].except: must be an object, but is a list
            {acts: [{act: exec, except: {group: [oncall]}}]} | 4:36: spec.acts[0].except.group: there is no such field; did you mean "groups"?
            {acts: [{act: exec, except: {groups: oncall}}]} | 4:44: spec.acts[0].except.groups: must be a list, but is "oncall"
            {acts: [{act: exec, except: {users: [""]}}]} | 4:44: spec.acts[0].except.users[0]: is blank: write a value, or remove it
            {acts: [{act: exec, except: {groups: [system:authenticated]}}]} | 4:44: spec.acts[0].except.groups: system:authenticated is everybody: give the act mode "off", or name those who may
            {acts: [{act: exec, parameters: {namespace: [a]}}]} | 4:40: spec.acts[0].parameters.namespace: there is no such parameter; did you mean "namespaces"?
            {checks: {exec-as-root: {mode: warn}}} | 4:17: spec.checks.exec-as-root: is an act: write it as {act: exec-as-root} in the list spec.acts
            {checks: {privileged: {except: {users: [a]}}}} | 4:30: spec.checks.privileged.except: there is no such field; a check has mode, fix, overwrite, parameters
            {docker: {opens: [build]}} | 4:17: spec.docker.opens: there is no such field; did you mean "open"?
            {docker: {open: build}} | 4:23: spec.docker.open: must be a list, but is "build"
            {docker: {open: [biuld]}} | 4:24: spec.docker.open[0]: "biuld" is not known; did you mean "build"?
            {docker: {open: [exec]}} | 4:24: spec.docker.open[0]: "exec" is not known; use one of build, load, import, archive, export, push, checkpoint, session, grpc
            {docker: [build]} | 4:16: spec.docker: must be an object, but is a list
            {podSecurityLabels: honor} | 4:27: spec.podSecurityLabels: "honor" is not known; did you mean "honour"?
            {exemptionNamespaces: ["a/b"]} | 4:30: spec.exemptionNamespaces[0]: "a/b" is no namespace's name: write each name in full
            {profile: harden} | 4:17: spec.profile: "harden" is not known; did you mean "hardened"?
            {profile: strict} | 4:17: spec.profile: "strict" is not known; use one of none, baseline, restricted, hardened
            {profile: [hardened]} | 4:17: spec.profile: must be one of none, baseline, restricted, hardened, but is a list
            {profile: } | 4:8: spec.profile: must be one of none, baseline, restricted, hardened, but is empty: give it a value
            {version: 1.36} | 4:17: spec.version: must be latest or v1.N, such as v1.36, but is 1.36
            {version: "1.36"} | 4:17: spec.version: a version is latest or v1.N, such as v1.36
            {version: v1.37} | 4:17: spec.version: the newest known is v1.36: write that, or latest
            {version: newest} | 4:17: spec.version: a version is latest or v1.N, such as v1.36
            {mode: off} | 4:14: spec.mode: must be one of enforce, warn, audit, off, but is false, as YAML reads a bare off: put it in quotes
            {mode: yes} | 4:14: spec.mode: must be one of enforce, warn, audit, off, but is true
            {mode: Enforced} | 4:14: spec.mode: "Enforced" is not known; did you mean "enforce"?
            {mode: deny} | 4:14: spec.mode: "deny" is not known; use one of enforce, warn, audit, off
            {fix: maybe} | 4:13: spec.fix: must be true, false or suggest, but is "maybe"
            {fix: 1} | 4:13: spec.fix: must be true, false or suggest, but is 1
            {fix: {}} | 4:13: spec.fix: must be true, false or suggest, but is an object
            {match: []} | 4:15: spec.match: must be an object, but is a list
            {match: {platform: [docker]}} | 4:16: spec.match.platform: there is no such field; did you mean "platforms"?
            {match: {objects: {selector: {matchLabels: {a: b}}}}} | 4:25: spec.match.objects: an enforcing policy must match objects whatever their labels, which whoever makes them chooses: remove the selector, or use mode warn or audit
            {podSecurityLabels: honour, mode: warn, match: {objects: {selector: {matchLabels: {a: b}}}}} | 4:64: spec.match.objects: an enforcing policy must match objects whatever their labels, which whoever makes them chooses: remove the selector, or use mode warn or audit
            {mode: warn, match: {objects: {selectr: {}}}} | 4:38: spec.match.objects.selectr: there is no such field; did you mean "selector"?
            {mode: warn, match: {objects: {selector: {matchLabel: {}}}}} | 4:49: spec.match.objects.selector.matchLabel: there is no such field; did you mean "matchLabels"?
            {match: {users: [a]}} | 4:23: spec.match.users: only a policy that audits may choose by who asks, as controllers make pods for others: use mode audit
            {mode: warn, match: {users: [a]}} | 4:35: spec.match.users: only a policy that audits may choose by who asks, as controllers make pods for others: use mode audit
            {mode: audit, match: {users: [" "]}} | 4:37: spec.match.users[0]: is blank: write a name, or remove it
            {match: {groups: [a]}} | 4:24: spec.match.groups: only a policy that audits may choose by who asks, as controllers make pods for others: use mode audit
            {mode: audit, checks: {privileged: {mode: warn}}, match: {groups: [a]}} | 4:73: spec.match.groups: only a policy that audits may choose by who asks, as controllers make pods for others: use mode audit
            {match: {namespaces: {selector: []}}} | 4:39: spec.match.namespaces.selector: must be an object, but is a list
            {match: {namespaces: {selector: {matchLabels: {team: 1}}}}} | 4:60: spec.match.namespaces.selector.matchLabels.team: must be text, but is 1: put it in quotes
            {match: {namespaces: {selector: {matchLabels: {"a b": c}}}}} | 4:61: spec.match.namespaces.selector.matchLabels["a b"]: "a b" is no label's key: write it as labels have it, such as team or example.com/team
            {match: {namespaces: {selector: {matchLabels: {team: "a b"}}}}} | 4:60: spec.match.namespaces.selector.matchLabels.team: "a b" is no label's value: use at most 63 letters, digits, -, _ and ., with a letter or digit at both ends
            {match: {namespaces: {selector: {matchExpressions: [{key: a, operator: Is}]}}}} | 4:78: spec.match.namespaces.selector.matchExpressions[0].operator: "Is" is not known; did you mean "In"?
            {match: {namespaces: {selector: {matchExpressions: [{key: a, operator: In}]}}}} | 4:59: spec.match.namespaces.selector.matchExpressions[0]: needs values: list at least one
            {match: {namespaces: {selector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}}} | 4:59: spec.match.namespaces.selector.matchExpressions[0]: takes no values: remove them, or use In
            {match: {namespaces: {selector: {matchExpressions: [{operator: Exists}]}}}} | 4:59: spec.match.namespaces.selector.matchExpressions[0]: key is missing: name a label
            {match: {namespaces: {excluded: [a]}}} | 4:29: spec.match.namespaces.excluded: there is no such field; did you mean "exclude"?
            {match: {namespaces: [kube-system]}} | 4:28: spec.match.namespaces: must be an object, but is a list
            {match: {namespaces: {exclude: kube-system}}} | 4:38: spec.match.namespaces.exclude: must be a list, but is "kube-system"
            {match: {namespaces: {exclude: ["kube-*"]}}} | 4:39: spec.match.namespaces.exclude[0]: "kube-*" is no namespace's name: write each name in full
            {match: {namespaces: {exclude: [1]}}} | 4:39: spec.match.namespaces.exclude[0]: must be text, but is 1: put it in quotes
            {match: {platforms: [kubernets]}} | 4:28: spec.match.platforms[0]: "kubernets" is not known; did you mean "kubernetes"?
            {match: {platforms: docker}} | 4:27: spec.match.platforms: must be a list, but is "docker"
            {match: {platforms: []}} | 4:27: spec.match.platforms: names nothing: remove it to match everything
            {match: {kinds: []}} | 4:23: spec.match.kinds: names nothing: remove it to match everything
            {match: {kinds: [Service]}} | 4:24: spec.match.kinds[0]: "Service" is no kind of pods; use Pod, Deployment, ReplicaSet, StatefulSet, DaemonSet, Job, CronJob, ReplicationController, PodTemplate
            {match: {kinds: [Deployment]}} | 4:23: spec.match.kinds: an enforcing policy must match Pod, or its checks could be stepped out of by making pods directly: add Pod, or use mode warn or audit
            {mode: warn, match: {kinds: [Deployment]}, checks: {privileged: {mode: enforce}}} | 4:35: spec.match.kinds: an enforcing policy must match Pod, or its checks could be stepped out of by making pods directly: add Pod, or use mode warn or audit
            {profile: none} | 4:7: spec: nothing is left to ask: choose a profile, or name checks or rules in a mode other than off
            {mode: "off"} | 4:7: spec: nothing is left to ask: choose a profile, or name checks or rules in a mode other than off
            {checks: [privileged]} | 4:16: spec.checks: must be an object, but is a list
            {checks: {privilged: {}}} | 4:17: spec.checks.privilged: there is no check "privilged"; did you mean "privileged"?
            {checks: {runAsNonRoot: {}}} | 4:17: spec.checks.runAsNonRoot: there is no check "runAsNonRoot"; did you mean "run-as-non-root"?
            {checks: {tea: {}}} | 4:17: spec.checks.tea: there is no check "tea"; portcullis checks lists those there are
            {checks: {privileged: enforce}} | 4:29: spec.checks.privileged: must be an object, but is "enforce"
            {checks: {privileged: }} | 4:17: spec.checks.privileged: must be an object, but is empty: give it a value
            {checks: {privileged: {level: high}}} | 4:30: spec.checks.privileged.level: there is no such field; a check has mode, fix, overwrite, parameters
            {checks: {privileged: {overwrite: true}}} | 4:41: spec.checks.privileged.overwrite: not supported by this version, which denies a weak value that somebody wrote: set it to false
            {checks: {privileged: {overwrite: 1}}} | 4:41: spec.checks.privileged.overwrite: must be true or false, but is 1
            {checks: {privileged: {mode: wran}}} | 4:36: spec.checks.privileged.mode: "wran" is not known; did you mean "warn"?
            {checks: {privileged: {fix: suggest}}} | 4:35: spec.checks.privileged.fix: must be true or false, but is "suggest"
            {checks: {privileged: {parameters: {max: 1}}}} | 4:43: spec.checks.privileged.parameters.max: this check has no parameters: remove it
            {checks: {pids-limit: {parameters: {maximum: 1}}}} | 4:43: spec.checks.pids-limit.parameters.maximum: there is no such parameter; pids-limit has max, podMax
            {checks: {pids-limit: {parameters: {mx: 1}}}} | 4:43: spec.checks.pids-limit.parameters.mx: there is no such parameter; did you mean "max"?
            {checks: {pids-limit: {parameters: {max: many}}}} | 4:48: spec.checks.pids-limit.parameters.max: must be a whole number, but is "many"
            {checks: {pids-limit: {parameters: {max: 1.5}}}} | 4:48: spec.checks.pids-limit.parameters.max: must be a whole number, but is 1.5
            {checks: {pids-limit: {parameters: {max: 18446744073709551615}}}} | 4:48: spec.checks.pids-limit.parameters.max: must be a whole number, but is 18446744073709551615
            {checks: {pids-limit: {parameters: {max: -1}}}} | 4:48: spec.checks.pids-limit.parameters.max: must be 1 or more
            {checks: {pids-limit: {parameters: []}}} | 4:42: spec.checks.pids-limit.parameters: must be an object, but is a list
            {checks: {host-ports: {parameters: {allow: [8080]}}}} | 4:51: spec.checks.host-ports.parameters.allow[0]: must be text, but is 8080: put it in quotes
            {checks: {host-ports: {parameters: {allow: "8080"}}}} | 4:50: spec.checks.host-ports.parameters.allow: must be a list, but is "8080"
            {checks: {host-ports: {parameters: {allow: [""]}}}} | 4:51: spec.checks.host-ports.parameters.allow[0]: is blank: write a value, or remove it
            {checks: {ulimits: {parameters: {max: ["nofile"]}}}} | 4:46: spec.checks.ulimits.parameters.max[0]: must be NAME=NUMBER, such as nofile=65536
            {checks: {ulimits: {parameters: {max: ["nofile=-2"]}}}} | 4:46: spec.checks.ulimits.parameters.max[0]: must be NAME=NUMBER, such as nofile=65536
            {profile: restricted, checks: {host-ports: {parameters: {allow: ["8080"]}}}} | 4:64: spec.checks.host-ports.parameters.allow: profile restricted is read to the letter, without this parameter: remove it, or choose profile hardened
            {profile: hardened, profile: none} | 4:27: the key "profile" stands twice in one mapping: keep one of them
            "{\\x00}" | 4:7: spec: must be an object, but is "{\\u{0}}"
            {profile: "a\\e[31m\\u202E"} | 4:17: spec.profile: "a\\u{1b}[31m\\u{202e}" is not known; use one of none, baseline, restricted, hardened
            """)
    void ofTheSpec(String spec, String error) throws IOException {
        assertThat(errors(HEAD + "spec: " + spec + "\n")).containsExactly(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{mode: warn, match: {kinds: [Deployment]}}",
                "{mode: enforce, match: {kinds: [Deployment, Pod]}}",
                "{match: {platforms: [docker], kinds: [Deployment]}}",
                "{podSecurityLabels: ignore}",
                "{profile: none, podSecurityLabels: honour}",
                "{exemptionNamespaces: [a, b]}",
                "{match: {namespaces: {selector: {}}}}",
                "{match: {objects: {selector: {}}}}",
                "{mode: warn, match: {objects: {selector: {matchLabels: {a: ''}}}}}",
                "{mode: audit, match: {users: [ann], groups: [oncall]}}",
                "{match: {namespaces: {selector: {matchExpressions: [{key: x.y/a, operator: NotIn, values: [b]}]}}}}",
                "{acts: []}",
                "{profile: none, acts: [{act: exec, except: {users: [ann], groups: [oncall]}}]}",
                "{match: {namespaces: {exclude: []}}}",
                "{profile: none, checks: {privileged: {}}}",
                "{version: latest}",
                "{version: v1.0}",
                "{}",
            })
    void areNotMadeUp(String spec) throws Exception {
        Path file = Files.writeString(folder.resolve("policy.yaml"), HEAD + "spec: " + spec + "\n");
        assertThat(PolicyFiles.read(file).policies()).hasSize(1);
    }

    @Test
    void standInTheOrderOfTheText() throws IOException {
        assertThat(errors(HEAD + "spec: {mode: deny, fix: 3, chekcs: {}, match: {kinds: [pod, Jop]}}\n"))
                .containsExactly(
                        "4:14: spec.mode: \"deny\" is not known; use one of enforce, warn, audit, off",
                        "4:25: spec.fix: must be true, false or suggest, but is 3",
                        "4:28: spec.chekcs: there is no such field; did you mean \"checks\"?",
                        "4:56: spec.match.kinds[0]: \"pod\" is no kind of pods; did you mean \"Pod\"?",
                        "4:61: spec.match.kinds[1]: \"Jop\" is no kind of pods; did you mean \"Job\"?");
    }

    @Test
    void pointAtTheKeyWhereTheValueIsOnALaterLine() throws IOException {
        PolicyException refusal = refusal(HEAD + """
                spec:
                  profile: hardened
                  mode: warn
                  checks:
                    privilged:
                      mode: enforce
                """);
        assertThat(refusal)
                .hasMessage(folder.resolve("policy.yaml")
                        + ":8:5: spec.checks.privilged: there is no check \"privilged\"; did you mean \"privileged\"?");
    }

    @Test
    void haveTheirPlaceInJsonToo() throws IOException {
        assertThat(errors("""
                        {"apiVersion": "portcullis.dev/v1alpha1", "kind": "HardeningPolicy",
                         "metadata": {"name": "default"},
                         "spec": {"profile": "harden"}}
                        """))
                .containsExactly("3:22: spec.profile: \"harden\" is not known; did you mean \"hardened\"?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            - a | 1:1: must be an object, but is a list
            {kind: Pod, apiVersion: v1} | 1:8: kind: "Pod" is no policy; keep other resources in files of their own
            {kind: List, apiVersion: v1} | 1:8: kind: "List" is no policy; keep other resources in files of their own
            {kind: HardeningPolicies} | 1:8: kind: "HardeningPolicies" is no policy; did you mean "HardeningPolicy"?
            {kind: HardeningExemption} | 1:1: apiVersion is missing: write apiVersion: portcullis.dev/v1alpha1
            {kind: HardeningPolicy} | 1:1: apiVersion is missing: write apiVersion: portcullis.dev/v1alpha1
            {kind: HardeningPolicy, apiVersion: v1} | 1:37: apiVersion: must be portcullis.dev/v1alpha1, but is "v1"
            {metadata: {name: default}} | 1:1: kind is missing: write kind: HardeningPolicy
            {kind: [HardeningPolicy]} | 1:8: kind: must be text, but is a list
            """)
    void ofWhatIsNoPolicy(String text, String error) throws IOException {
        assertThat(errors(text)).containsExactly(error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            metadata: {} | 3:11: metadata: name is missing: name the policy
            metadata: web | 3:11: metadata: must be an object, but is "web"
            metadata: {name: 1} | 3:18: metadata.name: must be text, but is 1: put it in quotes
            metadata: {name: a, namespace: b} | 3:21: metadata.namespace: there is no such field; metadata has name, labels, annotations
            metadata: {name: a, lables: {}} | 3:21: metadata.lables: there is no such field; did you mean "labels"?
            """)
    void ofTheMetadata(String metadata, String error) throws IOException {
        assertThat(errors(withMetadata(metadata))).containsExactly(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "my_policy", "-a", "a-", "a..b", "'a\nb'", "''", "a/b"})
    void ofTheName(String name) throws IOException {
        assertThat(errors(withMetadata("metadata: {name: " + name + "}")))
                .singleElement()
                .asString()
                .startsWith("3:18: metadata.name: ")
                .endsWith(" is no name: use at most 253 lower-case letters, digits, - and .,"
                        + " with a letter or digit at both ends");
    }

    @Test
    void ofANameThatIsTooLong() throws Exception {
        Path file = folder.resolve("long.yaml");
        Files.writeString(file, withMetadata("metadata: {name: " + "a".repeat(253) + "}"));
        assertThat(PolicyFiles.read(file).policies().getFirst().name()).hasSize(253);
        assertThat(errors(withMetadata("metadata: {name: " + "a".repeat(254) + "}")))
                .hasSize(1);
    }

    @Test
    void ofMissingParts() throws IOException {
        assertThat(errors("apiVersion: portcullis.dev/v1alpha1\nkind: HardeningPolicy\nstatus: {}\n"))
                .containsExactly(
                        "1:1: metadata is missing: write metadata: {name: default}, or another name",
                        "1:1: spec is missing: write spec: {profile: hardened}, or another profile",
                        "3:1: status: there is no such field;"
                                + " a HardeningPolicy has apiVersion, kind, metadata, spec");
    }

    @Test
    void ofEveryDocument() throws IOException {
        String second = HEAD.replace("default", "other") + "spec: {profile: harden}\n";
        assertThat(errors(HEAD + "spec: {a\n---\n" + second + "---\n" + HEAD + "spec: []\n"))
                .satisfiesExactly(
                        error -> assertThat(error).startsWith("5:1: not YAML ("),
                        error -> assertThat(error).startsWith("9:17: spec.profile: "),
                        error -> assertThat(error).startsWith("14:7: spec: "));
    }

    @Test
    void areBoundedAndCounted() throws IOException {
        StringBuilder text = new StringBuilder(HEAD).append("spec:\n");
        for (int i = 0; i < 1_500; i++) {
            text.append("  unknown").append(i).append(": 1\n");
        }
        PolicyException refusal = refusal(text.toString());
        assertThat(refusal.errors()).hasSize(1_000);
        assertThat(refusal.getMessage()).endsWith("\nand 500 more").hasLineCount(1_001);
    }

    private static String withMetadata(String metadata) {
        return "apiVersion: portcullis.dev/v1alpha1\nkind: HardeningPolicy\n" + metadata + "\nspec: {}\n";
    }

    private List<String> errors(String text) throws IOException {
        PolicyException refusal = refusal(text);
        String source = folder.resolve("policy.yaml") + ":";
        assertThat(refusal.errors())
                .allSatisfy(error -> assertThat(error.toString()).startsWith(source));
        return refusal.errors().stream()
                .map(error -> error.toString().substring(source.length()))
                .toList();
    }

    private PolicyException refusal(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("policy.yaml"), text);
        return catchThrowableOfType(PolicyException.class, () -> PolicyFiles.read(file));
    }
}
