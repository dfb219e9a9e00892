package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.admission.Admission;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Mode;
import dev.portcullis.testing.Reviews;
import dev.portcullis.testing.SilentEvents;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

class DecisionLogTest {
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(DecisionLog.class);

    @BeforeEach
    void listen() {
        events.start();
        logger.addAppender(events);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(events);
        logger.setLevel(null);
    }

    @Test
    void tellsWhatIsDeniedOfWhomAndWhyOnOneLine() throws Exception {
        review(Mode.ENFORCE, "web\nforged");

        ILoggingEvent event = events.list.getFirst();
        assertThat(events.list).hasSize(1);
        assertThat(event.getFormattedMessage())
                .startsWith("denied CREATE Pod shop/web")
                .contains(" by ann: ", "privileged")
                .contains("; request ")
                .doesNotContain("\n");
        assertThat(event.getKeyValuePairs()).anySatisfy(pair -> {
            assertThat(pair.key).isEqualTo("request");
            assertThat(event.getFormattedMessage()).contains("request " + pair.value);
        });
    }

    @Test
    void saysNothingOfWhatIsAllowed() throws Exception {
        review(Mode.WARN, "web");

        assertThat(events.list).isEmpty();
    }

    private static void review(Mode mode, String name) throws Exception {
        ObjectNode pod = Reviews.object(
                "{apiVersion: v1, kind: Pod, metadata: {namespace: shop}, spec: {containers: [{name: web, image: 'web:1',"
                        + " securityContext: {privileged: true}}]}}");
        ((ObjectNode) pod.path("metadata")).put("name", name);
        new Admission(
                        () -> BuiltInPolicies.set(mode),
                        ClusterKnowledge.MISSING,
                        InstantSource.system(),
                        new DecisionLog(new SilentEvents()))
                .validate(Reviews.create(pod).toString().getBytes(StandardCharsets.UTF_8));
    }
}
