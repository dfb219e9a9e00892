package dev.portcullis.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.portcullis.engine.EngineClient;
import dev.portcullis.engine.EngineGate;
import dev.portcullis.live.Alarms;
import dev.portcullis.live.PolicyWatch;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.proxy.DockerProxy;
import dev.portcullis.proxy.PolicyGate;
import dev.portcullis.proxy.ProxyLimits;
import dev.portcullis.resource.PolicyException;
import dev.portcullis.workload.ImageDigests;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxy as {@code portcullis proxy} runs it, without Spring. */
final class RunningProxy {
    private static final int MISCONFIGURED = 2;

    private RunningProxy() {}

    /**
     * Serves until the program is told to stop.
     *
     * @return the exit code
     */
    static int run(Path listen, Path upstream, @Nullable Path policy, Mode defaultMode) throws InterruptedException {
        tellMore();
        Supplier<PolicySet> builtIn = () -> BuiltInPolicies.set(defaultMode);
        try (PolicyWatch watch = policy == null
                ? null
                : PolicyWatch.read(policy, Set.of(), builtIn, new Alarms(new SimpleMeterRegistry()))) {
            if (watch != null) {
                watch.start();
            }
            PolicySet unchanging = builtIn.get();
            Supplier<PolicySet> inForce = watch == null ? () -> unchanging : watch.inForce();
            return serve(listen, upstream, inForce);
        } catch (PolicyException | IOException wrong) {
            System.err.println("portcullis: " + wrong.getMessage());
            return MISCONFIGURED;
        }
    }

    private static int serve(Path listen, Path upstream, Supplier<PolicySet> inForce)
            throws IOException, InterruptedException {
        EngineGate gate =
                new EngineGate(inForce, new EngineClient(upstream), ImageDigests.NONE, InstantSource.system());
        try (DockerProxy proxy = DockerProxy.start(listen, upstream, new PolicyGate(gate), ProxyLimits.DEFAULT)) {
            Runtime.getRuntime().addShutdownHook(new Thread(proxy::close, "proxy-stop"));
            System.out.println(announcement(listen, upstream));
            proxy.awaitClose();
            return 0;
        }
    }

    private static String announcement(Path listen, Path upstream) {
        return """
                Portcullis is ready.

                  listens  unix://%1$s
                  engine   unix://%2$s

                Try it:
                  docker --host unix://%1$s run --rm --privileged busybox

                Stop it with Ctrl-C.
                """.formatted(listen, upstream);
    }

    /** It runs for longer than commands do. */
    private static void tellMore() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    }
}
