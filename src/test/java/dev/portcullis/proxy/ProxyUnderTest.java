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
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A proxy between raw sockets, with a gate that a test sets. */
final class ProxyUnderTest implements AutoCloseable {
    private final Path folder;
    private final ServerSocketChannel upstream;
    private final DockerProxy proxy;
    /** What the gate was asked. */
    final Queue<EngineCall> asked = new ConcurrentLinkedQueue<>();

    private volatile java.util.function.Function<EngineCall, Verdict> gate = ProxyUnderTest::allow;

    ProxyUnderTest(Path folder, ProxyLimits limits) throws IOException {
        this.folder = folder;
        upstream = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve("engine.sock")));
        proxy = DockerProxy.start(folder.resolve("proxy.sock"), folder.resolve("engine.sock"), new Gate(), limits);
    }

    static Verdict allow(EngineCall call) {
        return new Verdict.Forward(target(call.uri()), null, List.of(), Set.of());
    }

    static Verdict stream(EngineCall call) {
        return new Verdict.Forward(target(call.uri()), null, List.of(), Set.of(Verdict.Stream.RAW));
    }

    static String target(String uri) {
        try {
            return TargetText.of(RequestTarget.parse(uri));
        } catch (MalformedBodyException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    ProxyUnderTest deciding(java.util.function.Function<EngineCall, Verdict> decision) {
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

    static String body(EngineCall call) {
        return call.body() == null ? "(not read)" : new String(call.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        upstream.close();
    }

    private final class Gate implements ProxyGate {
        @Override
        public boolean readsBody(String method, String uri) {
            return !uri.contains("/build") && !uri.contains("/load");
        }

        @Override
        public Verdict decide(EngineCall call) {
            asked.add(call);
            return gate.apply(call);
        }
    }
}
