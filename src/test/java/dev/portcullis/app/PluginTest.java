package dev.portcullis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an engine hears on the socket and on the port; the decisions are made up. */
class PluginTest {
    private static final String REQUEST = "/AuthZPlugin.AuthZReq";

    private static Path folder;
    private static Path socket;
    private static ClientKeys keys;
    private static String certificate;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        folder = Files.createTempDirectory("plugin");
        socket = folder.resolve("new/portcullis.sock");
        keys = ClientKeys.make(folder, "ann", "CN=ann, O=ops, O=oncall");
        certificate = Files.readString(keys.certificate());
        server = RunningServer.start(
                "portcullis.docker.socket=" + socket,
                "portcullis.admission.client-ca=" + keys.certificate(),
                "portcullis.admission.address=0.0.0.0");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        assertThat(socket).as("is gone with the server").doesNotExist();
    }

    @Test
    void isActivated() throws Exception {
        assertThat(post("/Plugin.Activate", "")).endsWith("\r\n\r\n{\"Implements\":[\"authz\"]}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
    }

    @Test
    void answersWithoutAContentType() throws Exception {
        JsonNode answer = ask("{\"RequestMethod\":\"GET\",\"RequestUri\":\"/x\",\"Unknown\":1}");
        assertThat(answer.path("Allow").booleanValue()).isFalse();
        assertThat(answer.path("Msg").stringValue()).isEqualTo("GET /x of null in []");
    }

    /** An engine ignores what is beside the status 200, and takes anything else for a failure. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                                          | is empty
            {}                                                                          | has no RequestMethod
            []                                                                          | has no RequestMethod
            {"RequestMethod":"GET"}                                                     | has no RequestUri
            {"RequestMethod":"GET","RequestUri":"/x"                                    | cannot be read
            {"RequestMethod":"GET","RequestUri":"/x"} {}                                | cannot be read
            {"RequestMethod":"GET","RequestUri":"/x","RequestMethod":"HEAD"}            | cannot be read
            {"RequestMethod":"GET","RequestUri":7}                                      | has no RequestUri
            {"RequestMethod":"GET","RequestUri":"/x","RequestBody":"%%%"}               | is no base64
            {"RequestMethod":"GET","RequestUri":"/x","RequestBody":{}}                  | is no base64
            {"RequestMethod":"GET","RequestUri":"/x","RequestHeaders":{"content-type":1}} | no single Content-Type
            """)
    void deniesABrokenQuestion(String question, String message) throws Exception {
        JsonNode answer = ask(question);
        assertThat(answer.path("Allow").booleanValue()).isFalse();
        assertThat(answer.path("Msg").stringValue()).contains(message);
    }

    /** Also those that nobody could read: they are the engine's own, of what it has done already. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"RequestMethod\":\"GET\",\"RequestUri\":\"/x\",\"ResponseStatusCode\":200,\"ResponseBody\":\"e30=\"}",
                "{",
                ""
            })
    void letsAnswersPass(String question) throws Exception {
        assertThat(body(post("/AuthZPlugin.AuthZRes", question))).isEqualTo("{\"Allow\":true,\"Msg\":\"\"}");
    }

    @Test
    void takesTheLargestBodyThatAnEngineShows() throws Exception {
        String body = Base64.getEncoder().encodeToString(new byte[4 << 20]);
        JsonNode answer = ask("{\"RequestMethod\":\"POST\",\"RequestUri\":\"/x\",\"RequestBody\":\"" + body + "\"}");
        assertThat(answer.path("Msg").stringValue()).startsWith("POST /x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ann | TLS | ann in [
            ann |     | null in []
            bob | TLS | bob in []
            """)
    void knowsUsersByTheirCertificates(String user, @Nullable String method, String known) throws Exception {
        String pem = Base64.getEncoder().encodeToString(certificate.getBytes(UTF_8));
        JsonNode answer = ask("""
                {"RequestMethod":"GET","RequestUri":"/x","User":"%s","UserAuthNMethod":"%s","RequestPeerCertificates":["%s"]}""".formatted(user, method == null ? "" : method, pem));
        assertThat(answer.path("Msg").stringValue()).contains(known);
        if (known.startsWith("ann")) {
            assertThat(answer.path("Msg").stringValue()).contains("ops", "oncall");
        }
    }

    @Test
    void hasNoOtherRouteOnTheSocket() throws Exception {
        for (String path : List.of("/validate", "/review", "/metrics", "/healthz")) {
            assertThat(post(path, "{}")).startsWith("HTTP/1.1 404");
        }
        assertThat(server.post(REQUEST, "{}").statusCode()).as("on loopback").isEqualTo(200);
        assertThat(server.get(server.management(REQUEST)).statusCode()).isEqualTo(404);
    }

    @Test
    void asksForACertificateWhereTheAuthorityIsNamed() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        assertThat(server.post("/validate", "{\"uid\":\"u\"}").body()).contains("403 show a client certificate");
        assertThat(tls(loopback, "/validate", true)).startsWith("HTTP/1.1 200").contains("validate ");
        assertThat(tls(loopback, REQUEST, false)).startsWith("HTTP/1.1 200");
        Optional<InetAddress> outside = outside();
        Assumptions.assumeTrue(outside.isPresent(), "skipped: this machine has no address but loopback");
        assertThat(tls(outside.get(), REQUEST, false)).startsWith("HTTP/1.1 403");
        assertThat(tls(outside.get(), "/Plugin.Activate", false)).startsWith("HTTP/1.1 403");
        assertThat(tls(outside.get(), REQUEST, true)).startsWith("HTTP/1.1 200");
        assertThat(tls(outside.get(), "/review", false)).as("open to all").doesNotStartWith("HTTP/1.1 403");
    }

    @Test
    void takesThePlaceOfAServerThatHasEndedAndOfNoOther() throws Exception {
        assertThatThrownBy(() -> RunningServer.start("portcullis.docker.socket=" + socket))
                .hasMessageContaining("somebody listens on " + socket);
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> RunningServer.start("portcullis.docker.socket=" + file))
                .hasMessageContaining("is no socket");
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> RunningServer.start("portcullis.docker.socket=" + shared.resolve("s")))
                .hasMessageContaining("others may write to its folder");
        Path left = folder.resolve("left.sock");
        try (ServerSocketChannel ended = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            ended.bind(UnixDomainSocketAddress.of(left));
        }
        assertThat(left).exists();
        try (RunningServer other = RunningServer.start("portcullis.docker.socket=" + left)) {
            assertThat(other.get(other.management("/readyz")).statusCode()).isEqualTo(200);
            assertThat(exchange(left, "/Plugin.Activate", "")).contains("authz");
        }
    }

    private static JsonNode ask(String question) throws IOException {
        String answer = post(REQUEST, question);
        assertThat(answer).startsWith("HTTP/1.1 200");
        return JsonMapper.shared().readTree(body(answer));
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static String post(String path, String body) throws IOException {
        return exchange(socket, path, body);
    }

    private static String exchange(Path socket, String path, String body) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer request = ByteBuffer.wrap(request(path, body));
            while (request.hasRemaining()) {
                channel.write(request);
            }
            return read(Channels.newInputStream(channel));
        }
    }

    private static byte[] request(String path, String body) {
        return ("POST " + path + " HTTP/1.1\r\nHost: plugin\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .replace(path.equals("/validate") ? "\0" : "Content-Type: application/json\r\n", "")
                .getBytes(UTF_8);
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        in.transferTo(answer);
        return answer.toString(UTF_8);
    }

    private static Optional<InetAddress> outside() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof java.net.Inet4Address && !address.isLoopbackAddress())
                .findFirst();
    }

    private static String tls(InetAddress address, String path, boolean withCertificate) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(withCertificate ? keys.managers() : null, new TrustManager[] {new Anybody()}, null);
        int port = server.admission("/").getPort();
        try (SSLSocket connection = (SSLSocket) context.getSocketFactory().createSocket(address, port)) {
            connection.setSoTimeout(20_000);
            connection.getOutputStream().write(request(path, "{\"uid\":\"u\"}"));
            return read(connection.getInputStream());
        }
    }

    /** Trusts the server: whom the server trusts is the matter here. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
