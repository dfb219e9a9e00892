package dev.portcullis.review;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;

/** The forms a report is given in; the first is the default. */
public enum Format {
    JSON("application/json"),
    YAML("application/yaml"),
    TEXT("text/plain"),
    SARIF("application/sarif+json");

    @SuppressWarnings("ImmutableEnumChecker") // it is, though not marked so
    private final MediaType type;

    Format(String type) {
        this.type = MediaType.parseMediaType(type);
    }

    /** The media type, without parameters. */
    public String mediaType() {
        return type.toString();
    }

    /**
     * The client's choice.
     *
     * @param accept the Accept header; blank is no preference
     * @return empty when none of the forms will do
     */
    static Optional<Format> accepted(String accept) {
        List<MediaType> wanted = MediaType.parseMediaTypes(accept);
        if (wanted.isEmpty()) {
            return Optional.of(JSON);
        }
        return wanted.stream()
                .filter(range -> range.getQualityValue() > 0)
                .sorted(Comparator.comparingDouble(MediaType::getQualityValue).reversed())
                .flatMap(range -> Arrays.stream(values()).filter(format -> range.includes(format.type)))
                .findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(Format::mediaType).collect(Collectors.joining(", "));
    }
}
