package dev.portcullis.docker.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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

    /** Commands were compared with none that is older. */
    private static final int OLDEST = 20;
    /** How a command ends that clients from a version on know, or send as it is read. */
    private static final Pattern SINCE = Pattern.compile("# since ([0-9]+)$");

    private final HttpServer engine;
    private final Path home;
    private final Program program;
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final AtomicInteger runs = new AtomicInteger();

    /** The client in a folder of the PATH. */
    private record Program(Path folder, int version) {}

    private DockerClient(HttpServer engine, Path home, Program program) {
        this.engine = engine;
        this.home = home;
        this.program = program;
    }

    /**
     * Starts the engine, for the newest client on the PATH. The test is skipped where there is none.
     *
     * @param home a folder without a configuration of the client's
     */
    static DockerClient start(Path home) throws IOException {
        Optional<Program> program = Stream.of(System.getenv("PATH").split(":"))
                .map(Path::of)
                .flatMap(folder -> program(folder).stream())
                .filter(found -> found.version() >= OLDEST)
                .max(Comparator.comparingInt(Program::version));
        Assumptions.assumeTrue(
                program.isPresent(),
                "skipped: no docker client " + OLDEST + " or newer on the PATH; install docker.io or docker-ce-cli");
        HttpServer engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DockerClient client = new DockerClient(engine, home, program.orElseThrow());
        engine.createContext("/", client::answer);
        engine.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        engine.start();
        return client;
    }

    private static Optional<Program> program(Path folder) {
        Path docker = folder.resolve("docker");
        if (!Files.isExecutable(docker)) {
            return Optional.empty();
        }
        try {
            Process process = new ProcessBuilder(docker.toString(), "--version").start();
            Matcher version =
                    VERSION.matcher(new String(process.getInputStream().readAllBytes(), UTF_8));
            return version.find()
                    ? Optional.of(new Program(folder, Integer.parseInt(version.group(1))))
                    : Optional.empty();
        } catch (IOException unusable) {
            return Optional.empty();
        }
    }

    /** Skips the test of a command that says it needs a newer client. */
    private void requireKnown(String line) {
        Matcher since = SINCE.matcher(line);
        Assumptions.assumeTrue(
                !since.find() || Integer.parseInt(since.group(1)) <= program.version(),
                () -> "skipped: the docker client is " + program.version() + ", which is too old for it");
    }

    /** Has a shell run a command. */
    Sent run(String line) throws IOException, InterruptedException {
        requireKnown(line);
        // Each command speaks to an engine below a path of its own.
        String path = "/" + runs.incrementAndGet();
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", line);
        shell.environment().keySet().retainAll(List.of("PATH"));
        shell.environment().merge("PATH", program.folder().toString(), (others, first) -> first + ":" + others);
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
