package dev.portcullis.notify;

import dev.portcullis.history.RecordedFinding;
import dev.portcullis.workload.Printable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages in the form of Slack's incoming webhooks, with attachments, which others that are compatible know as well. Whatever
 * comes from a request is text there: it mentions nobody and links nowhere.
 */
final class Slack implements Telling {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_EVENTS = 20;
    private static final int MOST_FINDINGS = 5;
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_MESSAGE = 300;
    /** Breaks what a chat would make something of, and is not seen. */
    private static final String NOTHING = "\u200b";

    private final HttpTarget http;
    private final Links links;

    Slack(HttpTarget http, Links links) {
        this.http = http;
        this.links = links;
    }

    /** How a verdict is told. */
    private enum Verdict {
        DENY("denied", "Denied", "#b3261e"),
        WARN("warned of", "Warned of", "#b26a00"),
        AUDIT("noted", "Noted", "#5f6368");

        private final String counted;
        private final String title;
        private final String colour;

        Verdict(String counted, String title, String colour) {
            this.counted = counted;
            this.title = title;
            this.colour = colour;
        }

        static Verdict of(Event event) {
            return switch (event.verdict()) {
                case "deny" -> DENY;
                case "warn" -> WARN;
                default -> AUDIT;
            };
        }
    }

    @Override
    public int most() {
        return MOST_EVENTS;
    }

    @Override
    public void tell(String id, Instant at, List<Event> events, int more) throws UnsentException, InterruptedException {
        send(message(events, more));
    }

    @Override
    public void test(String id, Instant at) throws UnsentException, InterruptedException {
        send(message("This is a test of Portcullis: what it denies and warns of is told here.", List.of()));
    }

    private void send(Map<String, Object> message) throws UnsentException, InterruptedException {
        http.post(JSON.writeValueAsBytes(message), "application/json; charset=utf-8", Map.of());
    }

    Map<String, Object> message(List<Event> events, int more) {
        String counts = Stream.of(Verdict.values())
                .map(verdict -> Map.entry(
                        verdict,
                        events.stream()
                                .filter(event -> Verdict.of(event) == verdict)
                                .count()))
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + " " + count.getKey().counted)
                .collect(Collectors.joining(", "));
        return message(
                "Portcullis: " + counts + (more > 0 ? ", and " + more + " more" : ""),
                events.stream().map(this::attachment).toList());
    }

    private static Map<String, Object> message(String text, List<Map<String, Object>> attachments) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("text", text);
        message.put("link_names", false);
        message.put("attachments", attachments);
        return message;
    }

    private Map<String, Object> attachment(Event event) {
        Verdict verdict = Verdict.of(event);
        String title = verdict.title + " " + who(event);
        Map<String, Object> attachment = new LinkedHashMap<>();
        attachment.put("color", verdict.colour);
        attachment.put("fallback", title);
        attachment.put("title", title);
        String link = links.owner(event.namespace(), event.kind(), event.name());
        if (link != null) {
            attachment.put("title_link", link);
        }
        attachment.put("text", text(event));
        attachment.put("footer", footer(event));
        attachment.put("ts", event.at().getEpochSecond());
        return attachment;
    }

    private static String who(Event event) {
        String namespace = Objects.requireNonNullElse(event.namespace(), "");
        String kind = event.kind() == null ? "a request that could not be read" : inert(event.kind(), LONGEST_NAME);
        String name = event.name() == null ? "" : " " + inert(event.name(), LONGEST_NAME);
        return kind + name + (namespace.isEmpty() ? "" : " in " + inert(namespace, LONGEST_NAME));
    }

    private static String text(Event event) {
        List<RecordedFinding> findings = event.findings();
        Stream<String> lines = findings.stream().limit(MOST_FINDINGS).map(Slack::line);
        int left = findings.size() - MOST_FINDINGS;
        Stream<String> rest = left > 0 ? Stream.of("and " + left + " more") : Stream.empty();
        Stream<String> unread =
                event.message().isEmpty() ? Stream.empty() : Stream.of(inert(event.message(), LONGEST_MESSAGE));
        return Stream.of(unread, lines, rest).flatMap(each -> each).collect(Collectors.joining("\n"));
    }

    private static String line(RecordedFinding finding) {
        return "• " + inert(finding.check(), LONGEST_NAME) + " (" + inert(finding.severity(), LONGEST_NAME) + "): "
                + inert(finding.message(), LONGEST_MESSAGE);
    }

    private static String footer(Event event) {
        String who = event.user() == null ? "" : " by " + inert(event.user(), LONGEST_NAME);
        String times = event.times() == 1 ? "" : ", " + event.times() + " times";
        return inert(event.cluster(), LONGEST_NAME) + ": " + inert(event.operation(), LONGEST_NAME) + who + times;
    }

    /**
     * Text that stays text: Slack's own signs are escaped, and what chats make mentions and links of is broken by a character
     * that is not seen. Digests of images stay as they can be copied.
     */
    static String inert(String text, int longest) {
        return Printable.text(text, longest)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("@(?!sha256:)", "@" + NOTHING)
                .replace("](", "]" + NOTHING + "(")
                .replace("://", ":" + NOTHING + "//");
    }

    @Override
    public void close() {
        http.close();
    }
}
