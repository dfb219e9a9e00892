package dev.portcullis.console;

import dev.portcullis.check.Severity;
import dev.portcullis.history.Filter;
import dev.portcullis.history.Filter.Field;
import dev.portcullis.history.Outcome;
import dev.portcullis.history.ResultFilter;
import dev.portcullis.history.ResultOrder;
import dev.portcullis.history.Scope;
import dev.portcullis.history.Source;
import dev.portcullis.history.WorkloadFilter;
import dev.portcullis.history.WorkloadOrder;
import dev.portcullis.http.HttpError;
import dev.portcullis.policy.Mode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query of a request: each parameter once, none that is not known. */
final class Parameters {
    private static final int BAD_REQUEST = 400;
    private static final int LONGEST = 8 * 1024;
    private static final int LONGEST_TEXT = 200;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Set<String> OF_FILTERS = Arrays.stream(Field.values())
            .map(Field::id)
            .collect(Collectors.collectingAndThen(Collectors.toCollection(HashSet::new), names -> {
                names.addAll(List.of("severity", "mode", "from", "to", "text"));
                return Set.copyOf(names);
            }));

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a query.
     *
     * @param query null where there is none
     * @param filters whether the parameters of a {@link Filter} are known
     * @param others further parameters that are known
     */
    static Parameters of(@Nullable String query, boolean filters, String... others) throws HttpError {
        Set<String> known = new TreeSet<>(Arrays.asList(others));
        if (filters) {
            known.addAll(OF_FILTERS);
        }
        Map<String, String> values = new HashMap<>();
        if (query != null && query.length() > LONGEST) {
            throw new HttpError(BAD_REQUEST, "the query is longer than " + LONGEST + " characters");
        }
        for (String pair : query == null || query.isEmpty() ? List.<String>of() : List.of(query.split("&", -1))) {
            int sign = pair.indexOf('=');
            String name = decoded(sign < 0 ? pair : pair.substring(0, sign));
            if (!known.contains(name)) {
                throw new HttpError(
                        BAD_REQUEST,
                        "the query may have "
                                + (known.isEmpty() ? "nothing" : String.join(", ", known) + ", and nothing else"));
            }
            if (values.put(name, sign < 0 ? "" : decoded(pair.substring(sign + 1))) != null) {
                throw new HttpError(BAD_REQUEST, "the query has " + name + " twice");
            }
        }
        return new Parameters(values);
    }

    private static String decoded(String text) throws HttpError {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw new HttpError(BAD_REQUEST, "the query is not percent-encoded as it should be");
        }
    }

    @Nullable String text(String name) {
        return values.get(name);
    }

    boolean flag(String name) throws HttpError {
        return switch (values.getOrDefault(name, "false")) {
            case "true", "" -> values.containsKey(name);
            case "false" -> false;
            default -> throw new HttpError(BAD_REQUEST, name + " must be true or false");
        };
    }

    int number(String name, int otherwise, int least, int most) throws HttpError {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new HttpError(BAD_REQUEST, name + " must be " + least + " to " + most);
    }

    /** What must be there, and a number of the history's rows. */
    long row(String name) throws HttpError {
        String text = required(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            throw new HttpError(BAD_REQUEST, name + " must be the number of a row");
        }
    }

    @Nullable Instant time(String name) throws HttpError {
        return parsed(name, Parameters::moment, "a time such as 2026-11-29T12:00:00Z");
    }

    private static Instant moment(String text) {
        Instant moment = Instant.parse(text);
        // Milliseconds of what is further away have no number.
        if (moment.isBefore(Instant.EPOCH) || moment.isAfter(LATEST)) {
            throw new IllegalArgumentException(text);
        }
        return moment;
    }

    /** Those of a filter. */
    Filter filter() throws HttpError {
        Map<Field, String> equal = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            String value = values.get(field.id());
            if (value != null) {
                equal.put(field, known(field, value));
            }
        }
        return new Filter(equal, severity(), mode(), time("from"), time("to"), searched("text"));
    }

    /** A text that occurs in what is asked for; null for any. */
    @Nullable String searched(String name) throws HttpError {
        String text = values.get(name);
        if (text != null && (text.isEmpty() || text.length() > LONGEST_TEXT)) {
            throw new HttpError(BAD_REQUEST, name + " must have 1 to " + LONGEST_TEXT + " characters");
        }
        return text;
    }

    /** Those of results. */
    ResultFilter results(Scope within) throws HttpError {
        return new ResultFilter(workloads(within).containing(searched("workload")), flag("exempt"), searched("text"));
    }

    /** What must be there. */
    String required(String name) throws HttpError {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            throw new HttpError(BAD_REQUEST, "the query must have " + name);
        }
        return value;
    }

    /** What can be one of a few values alone is not looked for in vain. */
    private static String known(Field field, String value) throws HttpError {
        List<String> all = switch (field) {
            case OUTCOME -> Arrays.stream(Outcome.values()).map(Outcome::id).toList();
            case SOURCE -> Arrays.stream(Source.values()).map(Source::id).toList();
            default -> List.of(value);
        };
        if (!all.contains(value)) {
            throw new HttpError(BAD_REQUEST, field.id() + " must be " + String.join(", ", all));
        }
        return value;
    }

    /** Those of workloads. */
    WorkloadFilter workloads() throws HttpError {
        return workloads(Scope.ALL);
    }

    /** The same within what a view is narrowed to. */
    WorkloadFilter workloads(Scope within) throws HttpError {
        return new WorkloadFilter(
                        text("cluster"),
                        text("namespace"),
                        text("kind"),
                        text("name"),
                        text("check"),
                        severity(),
                        mode())
                .in(within);
    }

    /** In which order workloads are asked for. */
    WorkloadOrder workloadOrder() throws HttpError {
        return ordered(WorkloadOrder.By.values(), WorkloadOrder.By::id, WorkloadOrder::new);
    }

    /** In which order results are asked for. */
    ResultOrder resultOrder() throws HttpError {
        return ordered(ResultOrder.By.values(), ResultOrder.By::id, ResultOrder::new);
    }

    /** @param all the first of which is that of what asks for none */
    private <B, T> T ordered(B[] all, Function<B, String> id, BiFunction<B, Boolean, T> order) throws HttpError {
        String sort = values.get("sort");
        if (sort == null) {
            return order.apply(all[0], false);
        }
        boolean descending = sort.startsWith("-");
        B[] others = Arrays.copyOfRange(all, 1, all.length);
        try {
            return order.apply(byId(others, id, descending ? sort.substring(1) : sort), descending);
        } catch (IllegalArgumentException unknown) {
            throw new HttpError(
                    BAD_REQUEST, "sort must be " + ids(others, id) + ", with - before it for the other way round");
        }
    }

    private @Nullable Severity severity() throws HttpError {
        return parsed(
                "severity", id -> byId(Severity.values(), Severity::id, id), ids(Severity.values(), Severity::id));
    }

    private @Nullable Mode mode() throws HttpError {
        return parsed("mode", id -> byId(Mode.values(), Mode::id, id), ids(Mode.values(), Mode::id));
    }

    private <T> @Nullable T parsed(String name, Function<String, T> parser, String wanted) throws HttpError {
        String text = values.get(name);
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (DateTimeParseException | IllegalArgumentException wrong) {
            throw new HttpError(BAD_REQUEST, name + " must be " + wanted);
        }
    }

    private static <T> T byId(T[] all, Function<T, String> id, String wanted) {
        return Arrays.stream(all)
                .filter(one -> id.apply(one).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(wanted));
    }

    private static <T> String ids(T[] all, Function<T, String> id) {
        return Arrays.stream(all).map(id).collect(Collectors.joining(", "));
    }
}
