package dev.portcullis.proxy;

import dev.portcullis.docker.MalformedBodyException;
import dev.portcullis.docker.RequestTarget;
import dev.portcullis.docker.TargetText;
import dev.portcullis.testing.RawSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.util.FileSystemUtils;

/** A proxy between raw sockets, with a gate that a test sets. */
final class ProxyUnderTest implements AutoCloseable {
    private final Path folder;
    private final ServerSocketChannel upstream;
    private final DockerProxy proxy;
    private boolean ownFolder;
    /** What the gate was asked. */
    final Queue<PendingRequest> asked = new ConcurrentLinkedQueue<>();

    private volatile java.util.function.Function<PendingRequest, Verdict> gate = ProxyUnderTest::allow;

    ProxyUnderTest(Path folder, ProxyLimits limits) throws IOException {
        this.folder = folder;
        upstream = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve("engine.sock")));
        proxy = DockerProxy.start(folder.resolve("proxy.sock"), folder.resolve("engine.sock"), new Gate(), limits);
    }

    /** One with the limits of the command line, in a folder of its own. */
    static ProxyUnderTest start() {
        try {
            Path folder = Files.createTempDirectory("proxy-");
            ProxyUnderTest proxy = new ProxyUnderTest(folder, ProxyLimits.DEFAULT);
            proxy.ownFolder = true;
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Verdict allow(PendingRequest call) {
        return new Verdict.Forward(target(call.uri()), null, List.of(), Set.of());
    }

    static Verdict stream(PendingRequest call) {
        return new Verdict.Forward(target(call.uri()), null, List.of(), Set.of(Verdict.Stream.RAW));
    }

    static String target(String uri) {
        try {
            return TargetText.of(RequestTarget.parse(uri));
        } catch (MalformedBodyException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    ProxyUnderTest deciding(java.util.function.Function<PendingRequest, Verdict> decision) {
        gate = decision;
        return this;
    }

    DockerProxy proxy() {
        return proxy;
    }

    Path socket() {
        return folder.resolve("proxy.sock");
    }

    RawSocket client() {
        return RawSocket.connect(socket());
    }

    /** The next connection that the proxy makes to the engine. */
    RawSocket engine() {
        try {
            return new RawSocket(upstream.accept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the engine: its socket takes no connection any more. */
    void endEngine() throws IOException {
        upstream.close();
    }

    static String body(PendingRequest call) {
        return call.body() == null ? "(not read)" : new String(call.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        upstream.close();
        if (ownFolder) {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private final class Gate implements ProxyGate {
        @Override
        public boolean readsBody(String method, String uri) {
            return !uri.contains("/build") && !uri.contains("/load");
        }

        @Override
        public Verdict decide(PendingRequest call) {
            asked.add(call);
            return gate.apply(call);
        }
    }
}
