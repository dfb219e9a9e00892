package dev.portcullis.app;

import dev.portcullis.access.ConsoleSecurity;
import dev.portcullis.policy.Mode;
import dev.portcullis.registration.Registration.FailurePolicy;
import dev.portcullis.reports.Form;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Everything that can be set. A value out of range, or a name that is none of these, stops the start.
 *
 * @param data the folder for what the server keeps: its certificate in tls
 * @param policy a policy's file or folder; absent is the built-in default policy
 * @param kubeconfig the kubeconfig of the cluster to guard; absent is the one in which this runs, if any
 * @param namespace the namespace for what gates share in the cluster; absent is the pod's own, or the kubeconfig's
 * @param exemptionNamespaces namespaces whose exemptions every policy heeds, 100 at most
 * @param defaultMode what the built-in default policy does with what it forbids
 * @param roles what this process is: a gate, which answers API servers and engines, a console, which keeps the history, looks at
 *     the cluster and answers people, or both
 * @param clusterName what the cluster, or the machine of an engine, is called in the history and in reports
 */
@ConfigurationProperties(prefix = "portcullis", ignoreUnknownFields = false)
record PortcullisProperties(
        @DefaultValue("data") Path data,
        @Nullable Path policy,
        @Nullable Path kubeconfig,
        @Nullable String namespace,
        @DefaultValue Set<String> exemptionNamespaces,
        @DefaultValue("enforce") DefaultMode defaultMode,
        @DefaultValue Tls tls,
        @DefaultValue Admission admission,
        @DefaultValue Webhook webhook,
        @DefaultValue Review review,
        @DefaultValue Management management,
        @DefaultValue Console console,
        @DefaultValue({"gate", "console"}) Set<Role> roles,
        @DefaultValue Docker docker,
        @DefaultValue Events events,
        @DefaultValue Tracing tracing,
        @DefaultValue("default") String clusterName,
        @DefaultValue Scan scan,
        @DefaultValue Reports reports,
        @DefaultValue HandOver handover,
        @DefaultValue @NestedConfigurationProperty RegistryProperties registry,
        @DefaultValue @NestedConfigurationProperty HistoryProperties history,
        @DefaultValue @NestedConfigurationProperty NotificationProperties notifications) {

    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9._-]{1,63}");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    PortcullisProperties {
        require(exemptionNamespaces.size() <= 100, "exemption-namespaces", "must be 100 at most");
        require(!roles.isEmpty(), "roles", "must be gate, console or both");
        exemptionNamespaces.forEach(name -> requireNamespace(name, "exemption-namespaces"));
        if (namespace != null) {
            requireNamespace(namespace, "namespace");
        }
        requireHandOver(
                handover, roles.contains(Role.GATE), roles.contains(Role.CONSOLE) && history.enabled(), admission, tls);
        require(
                notifications.targets().isEmpty() || (roles.contains(Role.CONSOLE) && history.enabled()),
                "notifications.targets",
                "are told by a console that keeps the history: portcullis.roles and portcullis.history.enabled say otherwise");
        require(
                CLUSTER.matcher(clusterName).matches(),
                "cluster-name",
                "must be 1 to 63 letters, digits, '.', '-' or '_'");
    }

    /** Those behind a Service are asked by clients that can ask another. */
    Duration drainTime() {
        Duration otherwise = webhook.service() == null ? Duration.ZERO : Duration.ofSeconds(10);
        return admission.drain() == null ? otherwise : admission.drain();
    }

    /** What a process is for. */
    enum Role {
        /** It answers API servers and engines. */
        GATE,
        /** It keeps the history, looks at the cluster and answers people. */
        CONSOLE
    }

    /** Whether this process has a role. */
    boolean has(Role role) {
        return roles.contains(role);
    }

    private static void requireHandOver(HandOver handover, boolean gate, boolean keeps, Admission admission, Tls tls) {
        require(
                handover.to() == null || (gate && !keeps),
                "handover.to",
                "is for a gate that keeps no history itself: give portcullis.roles=gate");
        require(
                !handover.accept() || keeps,
                "handover.accept",
                "is for a console that keeps the history: portcullis.roles and portcullis.history.enabled say otherwise");
        require(
                !handover.accept() || admission.clientCa() == null,
                "handover.accept",
                "and portcullis.admission.client-ca trust different clients on one port: let a gate be asked by API servers,"
                        + " and a console by gates");
        require(
                !handover.isUsed() || tls.certificate() == null || tls.authority() != null,
                "tls.authority",
                "is needed with portcullis.handover: gate and console trust each other by it");
    }

    /** Whether people can ask this process what was decided. */
    boolean answersPeople() {
        return has(Role.CONSOLE) && history.enabled();
    }

    /** How the built-in default policy begins. */
    enum DefaultMode {
        /** It denies. */
        ENFORCE(Mode.ENFORCE),
        /** It warns. */
        WARN(Mode.WARN);

        private final Mode mode;

        DefaultMode(Mode mode) {
            this.mode = mode;
        }

        Mode mode() {
            return mode;
        }
    }

    /**
     * The certificate of the admission port.
     *
     * @param certificate PEM file of the chain, leaf first; absent is a self-signed one
     * @param key PEM file of the leaf's private key, unencrypted
     * @param authority PEM file of the CAs that API servers shall trust; absent is what signed one's own certificate, else
     *     those of the API servers' system
     * @param secret the Secret, in the gates' namespace, in which gates keep a CA and certificate of their own
     */
    record Tls(
            @Nullable Path certificate,
            @Nullable Path key,
            @Nullable Path authority,
            @Nullable String secret) {
        Tls {
            require(
                    (certificate == null) == (key == null),
                    "tls.certificate",
                    "and portcullis.tls.key go together: give both (--tls-cert, --tls-key)");
            require(
                    secret == null || (certificate == null && authority == null),
                    "tls.secret",
                    "holds a certificate of its own: give it without tls.certificate, tls.key and tls.authority");
        }
    }

    /**
     * The HTTPS port that API servers and container engines call.
     *
     * @param address the address to listen on
     * @param port the port to listen on; 0 picks a free one
     * @param bodyLimit the most bytes a body may have
     * @param bodyTimeout the time within which a body must have arrived
     * @param inFlightBytes the most bytes that bodies being read or judged may hold together; absent is a quarter of
     *     the heap, and twice the body limit at least
     * @param maxConnections the most connections; more wait to be accepted
     * @param dnsNames names of the self-signed certificate besides localhost
     * @param drain how long requests are still answered after the order to stop, while clients are sent elsewhere; absent
     *     is 10s behind a Service and 0s otherwise
     * @param clientCa PEM file of the authorities whose client certificates are taken; where it is given, /validate and
     *     /mutate need one
     * @param clientNames common names of which a client certificate at /validate and /mutate must have one; absent is any
     */
    record Admission(
            @DefaultValue("127.0.0.1") InetAddress address,
            @DefaultValue("8443") int port,
            @DefaultValue("32MB") DataSize bodyLimit,
            @DefaultValue("6s") Duration bodyTimeout,
            @Nullable DataSize inFlightBytes,
            @DefaultValue("1000") int maxConnections,
            @DefaultValue List<String> dnsNames,
            @Nullable Duration drain,
            @Nullable Path clientCa,
            @DefaultValue Set<String> clientNames) {

        private static final Duration LONGEST_DRAIN = Duration.ofSeconds(60);
        private static final Pattern DNS_NAME =
                Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

        Admission {
            requirePort(port, "admission.port");
            requireBetween(bodyLimit, DataSize.ofKilobytes(64), DataSize.ofMegabytes(512), "admission.body-limit");
            require(
                    bodyTimeout.compareTo(Duration.ofSeconds(1)) >= 0
                            && bodyTimeout.compareTo(Duration.ofSeconds(60)) <= 0,
                    "admission.body-timeout",
                    "must be 1s to 60s");
            require(
                    drain == null || (!drain.isNegative() && drain.compareTo(LONGEST_DRAIN) <= 0),
                    "admission.drain",
                    "must be 0s to " + LONGEST_DRAIN.toSeconds() + "s");
            require(
                    inFlightBytes == null || inFlightBytes.toBytes() / 4 * 3 >= bodyLimit.toBytes(),
                    "admission.in-flight-bytes",
                    "must be four thirds of admission.body-limit or more");
            require(
                    clientNames.isEmpty() || clientCa != null,
                    "admission.client-names",
                    "goes with portcullis.admission.client-ca: without it nobody shows a certificate");
            require(maxConnections >= 1, "admission.max-connections", "must be 1 or more");
            for (String name : dnsNames) {
                require(
                        DNS_NAME.matcher(name).matches() && name.length() <= 253,
                        "admission.dns-names",
                        "must be DNS names in lower case, '" + name + "' is none");
            }
        }

        int bodyLimitBytes() {
            return Math.toIntExact(bodyLimit.toBytes());
        }

        long inFlight() {
            return inFlightBytes == null
                    ? Math.max(Runtime.getRuntime().maxMemory() / 4, 2 * bodyLimit.toBytes())
                    : inFlightBytes.toBytes();
        }
    }

    /**
     * How API servers are told to ask: with a service or a URL, the gate that leads keeps two webhook configurations.
     *
     * @param name of both configurations
     * @param service the Service of the gates, in their namespace, which listens on port 443
     * @param url the address at which API servers reach this gate, such as https://127.0.0.1:8443
     * @param owner the ClusterRole with which the configurations go
     * @param validateFailurePolicy what an API server does with what no gate answers: fail or ignore
     * @param mutateFailurePolicy the same with what only wants a patch
     * @param excludeNamespaces namespaces that gates are not asked about, beside their own
     */
    record Webhook(
            @DefaultValue("portcullis") String name,
            @Nullable String service,
            @Nullable URI url,
            @Nullable String owner,
            @DefaultValue("fail") FailurePolicy validateFailurePolicy,
            @DefaultValue("ignore") FailurePolicy mutateFailurePolicy,
            @DefaultValue("kube-system") Set<String> excludeNamespaces) {
        private static final int MOST_EXCLUDED = 100;

        Webhook {
            require(
                    service == null || url == null,
                    "webhook.service",
                    "and portcullis.webhook.url exclude one another");
            require(
                    url == null || ("https".equals(url.getScheme()) && url.getHost() != null),
                    "webhook.url",
                    "must be like https://127.0.0.1:8443");
            require(
                    excludeNamespaces.size() <= MOST_EXCLUDED,
                    "webhook.exclude-namespaces",
                    "must be " + MOST_EXCLUDED + " at most");
            excludeNamespaces.forEach(each -> requireNamespace(each, "webhook.exclude-namespaces"));
        }

        /** Whether the program registers itself. */
        boolean isKept() {
            return service != null || url != null;
        }
    }

    /**
     * Dry runs, which share the admission port and must not slow it down.
     *
     * @param concurrency the most dry runs judged at once; absent is half the processors
     * @param waiting the most dry runs that wait for their turn; one more is answered 429
     * @param inFlightBytes the most bytes that their bodies may hold together; absent is an eighth of the heap, and
     *     twice the body limit at least
     */
    record Review(
            @Nullable Integer concurrency,
            @DefaultValue("16") int waiting,
            @Nullable DataSize inFlightBytes) {
        Review {
            require(concurrency == null || concurrency >= 1, "review.concurrency", "must be 1 or more");
            require(waiting >= 1, "review.waiting", "must be 1 or more");
            require(
                    inFlightBytes == null || inFlightBytes.compareTo(DataSize.ofKilobytes(64)) >= 0,
                    "review.in-flight-bytes",
                    "must be 64KB or more");
        }

        int threads() {
            return concurrency == null ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : concurrency;
        }

        long inFlight(int bodyLimit) {
            return inFlightBytes == null
                    ? Math.max(Runtime.getRuntime().maxMemory() / 8, 2L * bodyLimit)
                    : inFlightBytes.toBytes();
        }
    }

    /**
     * The HTTPS port of the console.
     *
     * @param address the address to listen on
     * @param port the port to listen on; 0 picks a free one
     * @param tokenFile the file of the token of whoever may ask everything, made where it is missing; absent is admin-token in
     *     the data folder
     * @param tokenSecret the Secret, in the gates' namespace, in which the token is kept instead, under the key token; it is there,
     *     perhaps empty
     * @param url the address under which people reach it, such as https://portcullis.example.com; an identity provider needs it
     * @param boards views of what runs, by name, such as portcullis.console.boards.shop.namespaces=shop,shop-*
     */
    record Console(
            @DefaultValue("127.0.0.1") InetAddress address,
            @DefaultValue("8444") int port,
            @Nullable Path tokenFile,
            @Nullable String tokenSecret,
            @Nullable URI url,
            @DefaultValue @NestedConfigurationProperty AccessProperties.Session session,
            @DefaultValue @NestedConfigurationProperty AccessProperties.Kubernetes kubernetes,
            @DefaultValue @NestedConfigurationProperty AccessProperties.Oidc oidc,
            @DefaultValue Map<String, BoardProperties> boards) {
        Console {
            BoardProperties.check(boards);
            requirePort(port, "console.port");
            require(
                    tokenFile == null || tokenSecret == null,
                    "console.token-file",
                    "and portcullis.console.token-secret exclude one another");
            require(
                    url == null || AccessProperties.isOrigin(url, "https"),
                    "console.url",
                    "must be like https://portcullis.example.com, without a path");
            require(
                    oidc.issuer() == null || url != null,
                    "console.url",
                    "is needed with portcullis.console.oidc.issuer: the identity provider sends people back to it");
        }

        /** The ways in which people can log in. */
        List<String> logins() {
            return ConsoleSecurity.logins(oidc.issuer() != null);
        }
    }

    /**
     * The plain HTTP port of probes and metrics.
     *
     * @param address the address to listen on
     * @param port the port to listen on; 0 picks a free one
     */
    record Management(
            @DefaultValue("127.0.0.1") InetAddress address,
            @DefaultValue("9090") int port) {
        Management {
            requirePort(port, "management.port");
        }
    }

    /**
     * A Docker engine on this machine that is guarded.
     *
     * @param socket the unix socket on which the engine asks, such as /run/docker/plugins/portcullis.sock; absent is none
     * @param engine the unix socket of the engine itself, which is asked what it knows of images, volumes and containers
     */
    record Docker(
            @Nullable Path socket,
            @DefaultValue("/var/run/docker.sock") Path engine) {
        private static final int LONGEST_PATH = 107;

        Docker {
            require(
                    socket == null || socket.toString().length() <= LONGEST_PATH,
                    "docker.socket",
                    "must be a path of " + LONGEST_PATH + " characters at most");
        }
    }

    /**
     * Decisions that are kept by another process than the one that makes them. Gate and console have one serving certificate, or
     * certificates of one authority for the same names, and show them to each other.
     *
     * @param to the admission port of the console to which this gate hands its decisions over, such as
     *     https://portcullis-console.portcullis.svc:8443; absent is none
     * @param accept whether this console takes the decisions of gates, on its admission port
     */
    record HandOver(@Nullable URI to, @DefaultValue("false") boolean accept) {
        HandOver {
            require(
                    to == null || ("https".equals(to.getScheme()) && to.getHost() != null),
                    "handover.to",
                    "must be like https://portcullis-console.portcullis.svc:8443");
        }

        /** Whether this process hands decisions over or takes them. */
        boolean isUsed() {
            return to != null || accept;
        }
    }

    /**
     * The background scan of the cluster, by the one of all processes that leads.
     *
     * @param enabled whether this process takes part
     * @param interval after which everything is looked at again although no change has been seen
     * @param kubelets whether nodes' kubelets are asked for podPidsLimit
     * @param kubeletCa PEM file of the CAs that sign kubelets' certificates; absent is the cluster's own
     */
    record Scan(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("1h") Duration interval,
            @DefaultValue("true") boolean kubelets,
            @Nullable Path kubeletCa) {
        Scan {
            require(
                    interval.compareTo(Duration.ofMinutes(1)) >= 0 && interval.compareTo(Duration.ofHours(24)) <= 0,
                    "scan.interval",
                    "must be 1m to 24h");
        }
    }

    /**
     * Report resources, which the scan of the cluster keeps.
     *
     * @param enabled whether there are any
     * @param form openreports or policyreport; auto is the first of them that the cluster knows
     * @param mostResults the most results in all reports together; workloads beyond them have no report
     */
    record Reports(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("auto") ReportForm form,
            @DefaultValue("100000") int mostResults) {
        Reports {
            require(mostResults >= 0 && mostResults <= 10_000_000, "reports.most-results", "must be 0 to 10000000");
        }
    }

    /** Which report resources are written. */
    enum ReportForm {
        /** Those that the cluster knows. */
        AUTO,
        /** Those of OpenReports. */
        OPENREPORTS,
        /** Those of the policy working group. */
        POLICYREPORT;

        /** The first of them that the cluster knows is written. */
        List<Form> wanted() {
            return switch (this) {
                case AUTO -> List.of(Form.OPENREPORTS, Form.POLICYREPORT);
                case OPENREPORTS -> List.of(Form.OPENREPORTS);
                case POLICYREPORT -> List.of(Form.POLICYREPORT);
            };
        }
    }

    /**
     * Events in the cluster on the owners of denied pods.
     *
     * @param enabled whether there are any
     */
    record Events(@DefaultValue("true") boolean enabled) {}

    /**
     * Spans of admission for a receiver of OpenTelemetry's.
     *
     * @param endpoint where it takes OTLP over HTTP, such as http://collector:4318/v1/traces; absent is no tracing
     * @param ratio the share of requests without a trace of their own for which one is begun, 0 to 1
     */
    record Tracing(
            @Nullable URI endpoint, @DefaultValue("0") double ratio) {
        Tracing {
            require(
                    endpoint == null
                            || (Set.of("http", "https").contains(String.valueOf(endpoint.getScheme()))
                                    && endpoint.getHost() != null),
                    "tracing.endpoint",
                    "must be like http://collector:4318/v1/traces");
            require(ratio >= 0 && ratio <= 1, "tracing.ratio", "must be 0 to 1");
        }
    }

    private static void requireNamespace(String name, String property) {
        require(NAMESPACE.matcher(name).matches(), property, "must be names of namespaces, '" + name + "' is none");
    }

    private static void requirePort(int port, String name) {
        require(port >= 0 && port <= 65_535, name, "must be 0 to 65535, not " + port);
    }

    private static void requireBetween(DataSize value, DataSize least, DataSize most, String name) {
        require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                name,
                "must be " + least.toKilobytes() + "KB to " + most.toMegabytes() + "MB");
    }

    static void require(boolean holds, String name, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("portcullis." + name + " " + rule);
        }
    }
}
