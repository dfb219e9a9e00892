package dev.portcullis.history;

import dev.portcullis.check.Words;
import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a Docker host tells of itself, as it is sent.
 *
 * @param host its name
 * @param policies the version of the policies that judged its containers
 * @param omitted how many containers it has that are not told of
 * @param engine what speaks against its engine, or is not to be seen by its API
 * @param containers each with what speaks against it
 */
public record HostReport(
        String host, String policies, int omitted, List<WorkloadFinding> engine, List<Container> containers) {
    /** The most containers that are told of. */
    public static final int MOST_CONTAINERS = 2_000;

    /** The most findings about an engine that are told. */
    public static final int MOST_OF_ENGINE = 64;

    private static final Set<String> RESULTS = Set.of("fail", "error", "skip");
    private static final Set<String> MODES = Set.of("enforce", "warn", "audit");
    private static final Set<String> SEVERITIES = Set.of("critical", "high", "medium", "low");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** A container. */
    public record Container(String name, List<WorkloadFinding> findings) {}

    private record SentFinding(
            @Nullable String check,
            @Nullable String result,
            @Nullable String mode,
            @Nullable String severity,
            @Nullable String policy,
            @Nullable String container,
            @Nullable String field,
            @Nullable JsonNode value,
            @Nullable String message,
            @Nullable JsonNode fix,
            @Nullable String exemption) {
        WorkloadFinding finding() {
            return new WorkloadFinding(
                    required("check", check),
                    one("result", result, RESULTS),
                    one("mode", mode, MODES),
                    one("severity", severity, SEVERITIES),
                    required("policy", policy),
                    container,
                    field,
                    value,
                    required("message", message),
                    fix,
                    exemption);
        }
    }

    private record SentContainer(
            @Nullable String name, @Nullable List<SentFinding> findings) {
        Container container() {
            return new Container(required("name", name), checked("findings", findings, Entry.MOST_FINDINGS));
        }
    }

    private record Sent(
            @Nullable String host,
            @Nullable String policies,
            @Nullable Integer omitted,
            @Nullable List<SentFinding> engine,
            @Nullable List<SentContainer> containers) {
        HostReport report() {
            List<SentContainer> sent = limited("containers", containers, MOST_CONTAINERS);
            List<Container> read = sent.stream().map(SentContainer::container).toList();
            if (read.stream().map(each -> Kept.text(each.name())).distinct().count() < read.size()) {
                throw new IllegalArgumentException("containers must have names of their own");
            }
            return new HostReport(
                    required("host", host),
                    required("policies", policies),
                    Math.max(0, Objects.requireNonNullElse(omitted, 0)),
                    checked("engine", engine, MOST_OF_ENGINE),
                    read);
        }
    }

    private static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    private static String one(String field, @Nullable String value, Set<String> known) {
        if (value == null || !known.contains(value)) {
            throw new IllegalArgumentException(field + " must be one of "
                    + String.join(", ", known.stream().sorted().toList()));
        }
        return value;
    }

    private static List<WorkloadFinding> checked(String field, @Nullable List<SentFinding> sent, int most) {
        return limited(field, sent, most).stream().map(SentFinding::finding).toList();
    }

    private static <T> List<T> limited(String field, @Nullable List<T> list, int most) {
        List<T> sent = Objects.requireNonNullElse(list, List.of());
        if (sent.size() > most) {
            throw new IllegalArgumentException(field + " has more than " + most + " elements");
        }
        if (sent.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(field + " holds null");
        }
        return sent;
    }

    /**
     * Reads what was sent.
     *
     * @throws IllegalArgumentException telling what is wrong with it
     */
    public static HostReport read(byte[] sent) {
        try {
            return JSON.treeToValue(Json.read(sent), Sent.class).report();
        } catch (UnreadableException unreadable) {
            throw new IllegalArgumentException(String.valueOf(unreadable.getMessage()), unreadable);
        } catch (UnrecognizedPropertyException unknown) {
            throw new IllegalArgumentException("there is no field " + Words.value(unknown.getPropertyName()), unknown);
        } catch (JacksonException unlike) {
            throw new IllegalArgumentException(place(unlike) + " is of another form than it must be", unlike);
        }
    }

    private static String place(JacksonException problem) {
        StringBuilder place = new StringBuilder();
        for (JacksonException.Reference reference : problem.getPath()) {
            String name = reference.getPropertyName();
            place.append(name == null ? "[" + reference.getIndex() + "]" : (place.isEmpty() ? "" : ".") + name);
        }
        return place.isEmpty() ? "it" : place.toString();
    }

    /** As it is sent. */
    public String json() {
        return JSON.writeValueAsString(this);
    }
}
