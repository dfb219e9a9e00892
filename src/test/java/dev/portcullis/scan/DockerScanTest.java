package dev.portcullis.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.Inventory;
import dev.portcullis.inspection.Inspection;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.testing.RawSocket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an engine with more containers than anybody has is asked: real ones are in the end-to-end tests. */
@Timeout(60)
class DockerScanTest {
    @TempDir
    private Path folder;

    @Test
    void looksAtSoManyContainersAndTellsHowManyAreLeft() throws Exception {
        Path socket = folder.resolve("engine.sock");
        Set<String> asked = ConcurrentHashMap.newKeySet();
        List<Inspection> told = new ArrayList<>();
        try (ServerSocketChannel server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket), 64)) {
            Thread.ofPlatform().daemon().start(() -> serve(server, asked));
            DockerScan scan = new DockerScan(new Inventory(socket), "engine", BuiltInPolicies.set(Mode.WARN), false);

            assertThat(scan.run(true, told::add)).isEqualTo(3);
        }
        // The engine itself comes first.
        assertThat(told).hasSize(1 + 2_000).allMatch(Inspection.Judged.class::isInstance);
        assertThat(asked).hasSize(2_000).doesNotContain("c2000", "c2001", "c2002");
    }

    private static void serve(ServerSocketChannel server, Set<String> asked) {
        while (server.isOpen()) {
            try (RawSocket client = new RawSocket(server.accept())) {
                String answer = answer(client.readHead().split(" ", -1)[1], asked);
                client.sendLines("HTTP/1.0 " + (answer.isEmpty() ? "404 Not Found" : "200 OK") + "\n\n" + answer);
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** Empty where there is no such thing. */
    private static String answer(String path, Set<String> asked) {
        if (path.equals("/info")) {
            return "{\"Name\":\"host\",\"ServerVersion\":\"29.5.1\"}";
        }
        if (path.startsWith("/containers/json")) {
            return IntStream.range(0, 2_003)
                    .mapToObj(i -> "{\"Id\":\"c" + i + "\"}")
                    .collect(Collectors.joining(",", "[", "]"));
        }
        if (path.startsWith("/containers/")) {
            String id = path.split("/", -1)[2];
            asked.add(id);
            return "{\"Id\":\"" + id + "\",\"Name\":\"/" + id
                    + "\",\"Config\":{\"Image\":\"app:1\"},\"HostConfig\":{},\"Mounts\":[]}";
        }
        return "";
    }
}
