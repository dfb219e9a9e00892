package dev.portcullis.app;

import dev.portcullis.admission.AdmissionService;
import dev.portcullis.admission.Route;
import dev.portcullis.admission.UnreadableReviewException;
import dev.portcullis.engine.EngineDecider;
import dev.portcullis.engine.EngineVerdict;
import dev.portcullis.review.Answer;
import dev.portcullis.review.Query;
import dev.portcullis.review.ReviewService;
import dev.portcullis.review.UnreadableInputException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Phaser;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Small services whose answers show what reached them: uid, route, length. */
@Configuration(proxyBeanMethods = false)
class SampleServices {
    /** While a party is registered, dry runs whose body is {@code wait} wait for it. */
    static final Phaser GATE = new Phaser();

    @Bean
    AdmissionService admissionService() {
        return new Admission();
    }

    @Bean
    ReviewService reviewService() {
        return new Review();
    }

    @Bean
    EngineDecider engineDecider() {
        return call -> EngineVerdict.refused(call.method() + " " + call.uri() + " of "
                + call.requester().user() + " in " + call.requester().groups());
    }

    private static final class Admission implements AdmissionService {
        private static final Pattern UID = Pattern.compile("\"uid\":\"([^\"]+)\"");

        @Override
        public byte[] validate(byte[] body) throws UnreadableReviewException {
            return judge(body, "validate");
        }

        @Override
        public byte[] mutate(byte[] body) throws UnreadableReviewException {
            return judge(body, "mutate");
        }

        @Override
        public byte[] refuse(Route route, byte[] head, int code, String message) throws UnreadableReviewException {
            return answer(uid(head), route == Route.MUTATE, code + " " + message);
        }

        private static byte[] judge(byte[] body, String route) throws UnreadableReviewException {
            String uid = uid(body);
            if (uid.equals("crash")) {
                throw new IllegalStateException("made to fail");
            }
            return answer(uid, true, route + " " + body.length);
        }

        private static String uid(byte[] bytes) throws UnreadableReviewException {
            String head = new String(bytes, 0, Math.min(bytes.length, 1000), StandardCharsets.UTF_8);
            Matcher uid = UID.matcher(head);
            if (!uid.find()) {
                throw new UnreadableReviewException("no uid");
            }
            return uid.group(1);
        }

        private static byte[] answer(String uid, boolean allowed, String message) {
            return "{\"response\":{\"uid\":\"%s\",\"allowed\":%s,\"message\":\"%s\"}}"
                    .formatted(uid, allowed, message)
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final class Review implements ReviewService {
        @Override
        public Answer review(byte[] body, Query query) throws UnreadableInputException {
            String text = new String(body, StandardCharsets.UTF_8);
            if (text.equals("wait")) {
                GATE.awaitAdvance(GATE.getPhase());
            }
            if (text.equals("unreadable")) {
                throw new UnreadableInputException("nothing in it");
            }
            String answer = query + " " + (text.length() > 100 ? text.length() : text);
            return new Answer(200, query.accept().mediaType(), answer.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public byte[] containerReview(byte[] body) {
            return ("{\"length\":" + body.length + "}").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] refuseContainer(byte[] head, int code, String message) throws UnreadableInputException {
            if (!Admission.UID.matcher(new String(head, StandardCharsets.UTF_8)).find()) {
                throw new UnreadableInputException(code, message);
            }
            return ("{\"refused\":" + code + "}").getBytes(StandardCharsets.UTF_8);
        }
    }
}
