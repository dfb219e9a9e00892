package dev.portcullis.docker.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Docker's own command-line client before an engine that writes down what it is sent and makes nothing. */
final class DockerClient implements AutoCloseable {
    private static final Pattern CREATE = Pattern.compile("(/[0-9]+)/v[0-9.]+/containers/create(?:\\?(.*))?");

    private static final Pattern VERSION = Pattern.compile("Docker version ([0-9]+)");

    /** What came of a command: a body, or why the client sent none. */
    record Sent(@Nullable JsonNode body, @Nullable String name, String error) {}

    /** Older ones know less, and send some of it otherwise. */
    private static final int OLDEST = 28;

    private final HttpServer engine;
    private final Path home;
    private final Path folder;
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final AtomicInteger runs = new AtomicInteger();

    private DockerClient(HttpServer engine, Path home, Path folder) {
        this.engine = engine;
        this.home = home;
        this.folder = folder;
    }

    /**
     * Starts the engine. The test is skipped where there is no client.
     *
     * @param home a folder without a configuration of the client's
     */
    static DockerClient start(Path home) throws IOException {
        Optional<Path> folder = Stream.of(System.getenv("PATH").split(":"))
                .map(Path::of)
                .filter(DockerClient::holdsClient)
                .findFirst();
        Assumptions.assumeTrue(
                folder.isPresent(),
                "skipped: no docker client " + OLDEST + " or newer on the PATH; install docker.io or docker-ce-cli");
        HttpServer engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DockerClient client = new DockerClient(engine, home, folder.orElseThrow());
        engine.createContext("/", client::answer);
        engine.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        engine.start();
        return client;
    }

    private static boolean holdsClient(Path folder) {
        Path docker = folder.resolve("docker");
        if (!Files.isExecutable(docker)) {
            return false;
        }
        try {
            Process process = new ProcessBuilder(docker.toString(), "--version").start();
            Matcher version =
                    VERSION.matcher(new String(process.getInputStream().readAllBytes(), UTF_8));
            return version.find() && Integer.parseInt(version.group(1)) >= OLDEST;
        } catch (IOException unusable) {
            return false;
        }
    }

    /** Has a shell run a command. */
    Sent run(String line) throws IOException, InterruptedException {
        // Each command speaks to an engine below a path of its own.
        String path = "/" + runs.incrementAndGet();
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", line);
        shell.environment().keySet().retainAll(List.of("PATH"));
        shell.environment().merge("PATH", folder.toString(), (others, first) -> first + ":" + others);
        shell.environment().put("HOME", home.toString());
        shell.environment()
                .put(
                        "DOCKER_HOST",
                        "tcp://" + engine.getAddress().getAddress().getHostAddress() + ":"
                                + engine.getAddress().getPort() + path);
        shell.redirectErrorStream(true);
        Process process = shell.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        boolean failed = process.waitFor() != 0;
        Sent body = sent.get(path);
        return failed || body == null ? new Sent(null, null, "docker: " + output) : body;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Matcher create = CREATE.matcher(exchange.getRequestURI().toString());
        if (create.matches()) {
            String query = create.group(2) == null ? "" : create.group(2);
            Matcher name = Pattern.compile("(?:^|&)name=([^&]*)").matcher(query);
            sent.put(
                    create.group(1),
                    new Sent(JsonMapper.shared().readTree(body), name.find() ? name.group(1) : null, ""));
        }
        String path = exchange.getRequestURI().getPath();
        int status = create.matches() ? 201 : path.endsWith("/start") ? 204 : 200;
        byte[] answer = answer(path).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Api-Version", "1.50");
        exchange.getResponseHeaders().set("Ostype", "linux");
        boolean none = status == 204 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : answer.length);
        if (!none) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    private static String answer(String path) {
        if (path.endsWith("/_ping")) {
            return "OK";
        }
        return path.endsWith("/create")
                ? "{\"Id\":\"0123456789ab\",\"Warnings\":[]}"
                : "{\"ApiVersion\":\"1.50\",\"Os\":\"linux\",\"OSType\":\"linux\",\"StatusCode\":0}";
    }

    @Override
    public void close() {
        engine.stop(0);
    }
}
