package dev.portcullis.app;

import dev.portcullis.cli.PortcullisCommand;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The program's entry point. */
public final class Portcullis {
    private static final int MISCONFIGURED = 2;

    private Portcullis() {}

    /** Runs one command and ends with its exit code. */
    public static void main(String[] args) {
        int code = PortcullisCommand.commandLine(Portcullis::serve, RunningProxy::run)
                .execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int serve(
            @Nullable Path data,
            @Nullable Path policy,
            @Nullable Path tlsCertificate,
            @Nullable Path tlsKey,
            List<String> properties)
            throws InterruptedException {
        ServeOptions options = new ServeOptions(data, tlsCertificate, tlsKey, policy, properties);
        try (Server server = Server.start(options, Decisions.class)) {
            if (!server.logsObjects()) {
                System.out.println(server.announcement());
            }
            server.awaitClose();
            return 0;
        } catch (StartException wrong) {
            System.err.println("portcullis: " + wrong.getMessage());
            return MISCONFIGURED;
        }
    }
}
