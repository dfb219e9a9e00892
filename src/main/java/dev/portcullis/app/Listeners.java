package dev.portcullis.app;

import dev.portcullis.app.tls.ServingCertificate;
import dev.portcullis.http.BodyReader;
import dev.portcullis.http.Port;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;

/**
 * The connectors of one Tomcat: HTTP/1.1, virtual threads, and every time and size stated here. Nothing of
 * Tomcat's that answers by itself (default servlet, JSP, error pages, redirects) is there.
 */
final class Listeners {
    /** Milliseconds that a client may take over a TLS handshake or between two reads of a request's head. */
    private static final int HEAD_TIMEOUT = 5_000;
    /** Milliseconds between two reads of a body. */
    private static final int BODY_READ_TIMEOUT = 3_000;
    /** Milliseconds an idle connection is kept: API servers close theirs after 90 s, and the client should be first. */
    private static final int IDLE_TIMEOUT = 120_000;

    /** Of a form, which is a login: other bodies have bounds of their own. */
    private static final int FORM_BYTES = 32 * 1024;

    /** From so long on an answer of the console is compressed for who takes that. */
    private static final int COMPRESSED_BYTES = 1_024;

    private static final int HEADER_BYTES = 16 * 1024;
    private static final int REQUESTS_PER_CONNECTION = 10_000;
    private static final int MANAGEMENT_CONNECTIONS = 100;
    private static final int CONSOLE_CONNECTIONS = 500;
    /** An engine asks once for each request that it has, and while that is decided again for each look-up. */
    private static final int DOCKER_CONNECTIONS = 10_000;

    private static final int DOCKER_WAITING = 1_024;

    private final PortcullisProperties properties;
    private final Connector management = new Connector(DeadlineProtocol.class.getName());
    private final @Nullable Connector console;
    private final Connector docker = new Connector(DeadlineProtocol.class.getName());

    Listeners(PortcullisProperties properties) {
        this.properties = properties;
        this.console = properties.answersPeople() ? new Connector(DeadlineProtocol.class.getName()) : null;
    }

    TomcatServletWebServerFactory factory(ServingCertificate certificate) {
        var factory = new TomcatServletWebServerFactory(properties.admission().port());
        factory.setProtocol(DeadlineProtocol.class.getName());
        factory.setAddress(properties.admission().address());
        Ssl ssl = Ssl.forBundle(ServingCertificate.BUNDLE);
        if (properties.admission().clientCa() != null || properties.handover().accept()) {
            ssl.setClientAuth(Ssl.ClientAuth.WANT);
        }
        factory.setSsl(ssl);
        factory.setSslBundles(certificate.bundles());
        factory.setShutdown(Shutdown.GRACEFUL);
        factory.getSettings().setRegisterDefaultServlet(false);
        factory.getSettings().getJsp().setRegistered(false);
        factory.setDisableMBeanRegistry(true);
        factory.addConnectorCustomizers(
                connector -> limit(connector, properties.admission().maxConnections()));
        factory.addAdditionalConnectors(managementConnector());
        if (console != null) {
            factory.addAdditionalConnectors(consoleConnector(console, certificate));
        }
        Path socket = properties.docker().socket();
        if (socket != null) {
            factory.addAdditionalConnectors(dockerConnector(socket));
        }
        factory.addEngineValves(new PortValve());
        factory.addContextCustomizers(
                context -> ((StandardHost) context.getParent()).setErrorReportValveClass(ErrorValve.class.getName()));
        return factory;
    }

    /** The management port in use, once started. */
    int managementPort() {
        return management.getLocalPort();
    }

    /** The console's port in use, once started; -1 where there is none. */
    int consolePort() {
        return console == null ? -1 : console.getLocalPort();
    }

    private Connector consoleConnector(Connector connector, ServingCertificate certificate) {
        connector.setPort(properties.console().port());
        connector.setProperty("address", properties.console().address().getHostAddress());
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.2+TLSv1.3");
        SSLHostConfigCertificate served = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        served.setSslContext(new BundleContext(certificate.bundles(), ServingCertificate.BUNDLE));
        host.addCertificate(served);
        connector.addSslHostConfig(host);
        limit(connector, CONSOLE_CONNECTIONS);
        connector.setMaxPostSize(FORM_BYTES);
        compress((Http11NioProtocol) connector.getProtocolHandler());
        return connector;
    }

    /** Answers of the API and exports; pages are compressed already, and the live stream must not wait until a block is full. */
    private static void compress(Http11NioProtocol protocol) {
        protocol.setCompression("on");
        protocol.setCompressionMinSize(COMPRESSED_BYTES);
        protocol.setCompressibleMimeType("application/json,application/x-ndjson,text/csv");
    }

    private Connector managementConnector() {
        management.setPort(properties.management().port());
        management.setProperty("address", properties.management().address().getHostAddress());
        limit(management, MANAGEMENT_CONNECTIONS);
        return management;
    }

    private Connector dockerConnector(Path socket) {
        PluginSocket.prepare(socket);
        docker.setProperty("unixDomainSocketPath", socket.toString());
        docker.setProperty("unixDomainSocketPathPermissions", "rw-------");
        docker.setProperty("unixDomainSocketParentPermissions", PluginSocket.FOLDER);
        limit(docker, DOCKER_CONNECTIONS);
        ((Http11NioProtocol) docker.getProtocolHandler()).setAcceptCount(DOCKER_WAITING);
        return docker;
    }

    private static void limit(Connector connector, int connections) {
        connector.setXpoweredBy(false);
        connector.setAllowTrace(false);
        Http11NioProtocol protocol = (Http11NioProtocol) connector.getProtocolHandler();
        protocol.setExecutor(new VirtualThreadExecutor("http-"));
        protocol.setMaxConnections(connections);
        protocol.setAcceptCount(100);
        protocol.setConnectionTimeout(HEAD_TIMEOUT);
        protocol.setDisableUploadTimeout(false);
        protocol.setConnectionUploadTimeout(BODY_READ_TIMEOUT);
        protocol.setKeepAliveTimeout(IDLE_TIMEOUT);
        protocol.setMaxKeepAliveRequests(REQUESTS_PER_CONNECTION);
        protocol.setMaxHttpRequestHeaderSize(HEADER_BYTES);
        // The edge reads what it wants of an unwanted body; the connector need not.
        protocol.setMaxSwallowSize(0);
        protocol.setTcpNoDelay(true);
    }

    private Port port(Connector connector) {
        if (docker.equals(connector)) {
            return Port.DOCKER;
        }
        if (connector.equals(console)) {
            return Port.CONSOLE;
        }
        return management.equals(connector) ? Port.MANAGEMENT : Port.ADMISSION;
    }

    /** Tells the edge by which connector a request came: a port number could be another's after a proxy or a clash. */
    private final class PortValve extends ValveBase {
        PortValve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            request.setAttribute(Port.ATTRIBUTE, port(request.getConnector()));
            // Tomcat answers a read that fails by itself, and lets nobody answer better.
            request.setAttribute(BodyReader.REVIVE, (Runnable) () -> {
                response.setSuspended(false);
                response.reset();
            });
            getNext().invoke(request, response);
        }
    }
}
