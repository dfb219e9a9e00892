package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the authorization plugin and the proxy add to the creation of a container. A plain engine, one with a plugin that allows
 * everything, one with Portcullis, and the plain one through the proxy take turns, so that what else the machine does slows all
 * alike.
 */
public final class EngineLatency {
    /** As many as it takes until the JVM has compiled what is hot. */
    private static final int WARM_UP = 1_500;

    private static final int CREATES = 500;
    private static final Path PLUGINS = Path.of("/run/docker/plugins");
    private static final String BODY = """
            {"Image": "app:1", "Cmd": ["true"], "User": "10001", "HostConfig": {"NetworkMode": "none", "ReadonlyRootfs": true,
            "PidsLimit": 64, "SecurityOpt": ["no-new-privileges"], "CapDrop": ["ALL"]}}""";
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningPolicy
            metadata: {name: docker}
            spec: {profile: restricted, checks: {pids-limit: {}, read-only-root-filesystem: {}, runtime-socket: {}}}
            """;

    private EngineLatency() {}

    /** Measures, and prints medians in milliseconds. */
    public static void main(String[] arguments) throws Exception {
        DockerEngine.obstacle().ifPresent(obstacle -> {
            throw new IllegalStateException(obstacle);
        });
        Path plugin = PLUGINS.resolve("portcullis-latency.sock");
        Path allowing = PLUGINS.resolve("portcullis-latency-allowing.sock");
        try (DockerEngine plain = DockerEngine.start();
                DockerEngine open = DockerEngine.start();
                DockerEngine gated = DockerEngine.start();
                AllowingPlugin _ = AllowingPlugin.start(allowing, open.socket());
                PortcullisProcess _ = PortcullisProcess.start(
                        "localhost",
                        "--docker-socket",
                        plugin.toString(),
                        "--portcullis.docker.engine=" + gated.socket())) {
            for (DockerEngine engine : List.of(plain, open, gated)) {
                engine.importEmptyImage("app:1", "USER 10001");
            }
            open.restart("--authorization-plugin=portcullis-latency-allowing");
            gated.restart("--authorization-plugin=portcullis-latency");
            try (ProxyProcess proxy = ProxyProcess.start(plain, POLICY)) {
                Path front = Path.of(proxy.host().substring("unix://".length()));
                List<List<Long>> times = measure(List.of(plain.socket(), open.socket(), gated.socket(), front));
                System.out.printf("median of %d creates: engine %.1f ms%n", CREATES, median(times.getFirst()));
                added("a plugin that allows everything adds", times, 1);
                added("Portcullis as plugin adds", times, 2);
                added("Portcullis as proxy adds", times, 3);
            }
        }
    }

    /** What a way takes beside the plain engine, turn by turn. */
    private static void added(String what, List<List<Long>> times, int way) {
        List<Long> more = new ArrayList<>();
        for (int i = 0; i < CREATES; i++) {
            more.add(times.get(way).get(i) - times.getFirst().get(i));
        }
        System.out.printf("%s %.1f ms%n", what, median(more));
    }

    private static List<List<Long>> measure(List<Path> sockets) throws IOException {
        List<List<Long>> times = new ArrayList<>();
        sockets.forEach(_ -> times.add(new ArrayList<>()));
        for (int i = 0; i < WARM_UP + CREATES; i++) {
            for (int way = 0; way < sockets.size(); way++) {
                long start = System.nanoTime();
                create(sockets.get(way));
                if (i >= WARM_UP) {
                    times.get(way).add(System.nanoTime() - start);
                }
            }
        }
        return times;
    }

    private static void create(Path socket) throws IOException {
        byte[] body = BODY.getBytes(UTF_8);
        String head = "POST /v1.41/containers/create HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(new ByteBuffer[] {ByteBuffer.wrap(head.getBytes(UTF_8)), ByteBuffer.wrap(body)});
            ByteBuffer answer = ByteBuffer.allocate(16 * 1024);
            while (channel.read(answer) >= 0 && answer.hasRemaining()) {
                // until the engine has said all
            }
            String said = new String(answer.array(), 0, answer.position(), UTF_8);
            if (!said.startsWith("HTTP/1.1 201")) {
                throw new IOException(said);
            }
        }
    }

    private static double median(List<Long> nanoseconds) {
        return nanoseconds.stream().sorted().toList().get(nanoseconds.size() / 2) / 1e6;
    }
}
