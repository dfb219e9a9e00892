package dev.portcullis.app;

import java.net.InetAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the terminal shows once the server is ready. */
final class Announcement {
    private static final String TRY = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"web\"},"
            + "\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"nginx\"}]}}";

    private Announcement() {}

    static String of(Server server, PortcullisProperties properties) {
        String admission = "https://" + authority(properties.admission().address(), server.admissionPort());
        String management = "http://" + authority(properties.management().address(), server.managementPort());
        @Nullable Path ca = server.authority();
        String trust = ca == null ? "" : " --cacert " + quoted(ca.toString());
        return """
                %s

                  admission   %s  %s
                  management  %s  /healthz /readyz /metrics
                %s  %s
                %s
                Try it:
                  curl%s -H 'Accept: text/plain' %s/review -d '%s'

                Stop it with Ctrl-C.
                """.formatted(
                        ready(server.waitingFor()),
                        admission,
                        properties.has(PortcullisProperties.Role.GATE)
                                ? "/validate /mutate /review /containers/review"
                                : "/review /containers/review",
                        management,
                        console(server, properties),
                        ca == null
                                ? "certificate " + properties.tls().certificate()
                                : "CA          " + ca + "  (give it to clients; keep what is beside it)",
                        docker(properties.docker().socket()) + webhook(properties.webhook()),
                        trust,
                        admission,
                        TRY);
    }

    private static String console(Server server, PortcullisProperties properties) {
        return properties.answersPeople()
                ? "  console     https://" + authority(properties.console().address(), server.consolePort())
                        + "  /  /api/v1  (its token is in " + ConsoleTokens.place(properties) + ")\n"
                : "";
    }

    private static String docker(@Nullable Path socket) {
        return socket == null
                ? ""
                : "  docker      " + socket + "  (dockerd --authorization-plugin="
                        + String.valueOf(socket.getFileName()).replaceFirst("[.]sock$", "") + ")\n";
    }

    private static String webhook(PortcullisProperties.Webhook webhook) {
        if (!webhook.isKept()) {
            return "";
        }
        String target = webhook.url() == null
                ? "Service " + webhook.service()
                : webhook.url().toString();
        return "  webhook     " + webhook.name() + " for " + target + "  (portcullis uninstall ends it)\n";
    }

    private static String ready(@Nullable String awaited) {
        return awaited == null
                ? "Portcullis is ready."
                : "Portcullis is started, and waits for " + awaited + ": /readyz tells when it is ready.";
    }

    private static String authority(InetAddress address, int port) {
        String host = address.isAnyLocalAddress() ? "localhost" : address.getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
