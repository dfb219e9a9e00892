package dev.portcullis.notify;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * CloudEvents 1.0 in their structured form, signed as Standard Webhooks (standardwebhooks.com, version 1.0.0) says where there is
 * a secret for it: {@code webhook-signature} is the HMAC-SHA256 of {@code ID.SECONDS.BODY}.
 */
final class Webhook implements Telling {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_EVENTS = 200;
    private static final String TYPE = "dev.portcullis.notification.v1";
    private static final String TEST = "dev.portcullis.test.v1";
    private static final String HMAC = "HmacSHA256";
    /** As secrets of Standard Webhooks begin; the rest is Base64. */
    private static final String ENCODED = "whsec_";

    private final HttpTarget http;
    private final Links links;
    private final String target;
    private final @Nullable SecretFile signing;
    private final InstantSource clock;

    Webhook(HttpTarget http, Links links, Target target, InstantSource clock) {
        this.http = http;
        this.links = links;
        this.target = target.name();
        this.signing = target.secret(target.signingFile(), "signing-file");
        this.clock = clock;
    }

    /** A notification's data. */
    private record Data(String target, List<Told> events, int more) {}

    /** An event, with where it is looked at. */
    private record Told(
            @JsonUnwrapped Event event, @Nullable String link) {}

    @Override
    public int most() {
        return MOST_EVENTS;
    }

    @Override
    public void tell(String id, Instant at, List<Event> events, int more) throws UnsentException, InterruptedException {
        send(TYPE, id, at, new Data(target, events.stream().map(this::told).toList(), more));
    }

    @Override
    public void test(String id, Instant at) throws UnsentException, InterruptedException {
        send(TEST, id, at, new Data(target, List.of(), 0));
    }

    private Told told(Event event) {
        return new Told(event, links.owner(event.namespace(), event.kind(), event.name()));
    }

    private void send(String type, String id, Instant at, Data data) throws UnsentException, InterruptedException {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", Objects.requireNonNullElse(links.page("/"), "portcullis"));
        event.put("type", type);
        event.put("time", at);
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        byte[] body = JSON.writeValueAsBytes(event);
        http.post(body, "application/cloudevents+json; charset=utf-8", signature(id, body));
    }

    private Map<String, String> signature(String id, byte[] body) throws UnsentException {
        String seconds = Long.toString(clock.instant().getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", seconds);
        if (signing != null) {
            headers.put("webhook-signature", "v1," + signed(key(signing), id + "." + seconds + ".", body));
        }
        return headers;
    }

    private static byte[] key(SecretFile signing) throws UnsentException {
        String secret = signing.used();
        if (!secret.startsWith(ENCODED)) {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(secret.substring(ENCODED.length()));
        } catch (IllegalArgumentException none) {
            throw UnsentException.refused(signing.property() + " begins with " + ENCODED + ", and no Base64 follows");
        }
    }

    private static String signed(byte[] key, String head, byte[] body) throws UnsentException {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw UnsentException.refused("nothing can be signed with such a secret");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
