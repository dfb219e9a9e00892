package dev.portcullis.cel.functions;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A format of strings that Kubernetes names. */
enum NamedFormat {
    DNS_1123_LABEL("dns1123Label"),
    DNS_1123_SUBDOMAIN("dns1123Subdomain"),
    DNS_1035_LABEL("dns1035Label"),
    QUALIFIED_NAME("qualifiedName"),
    DNS_1123_LABEL_PREFIX("dns1123LabelPrefix"),
    DNS_1123_SUBDOMAIN_PREFIX("dns1123SubdomainPrefix"),
    DNS_1035_LABEL_PREFIX("dns1035LabelPrefix"),
    LABEL_VALUE("labelValue"),
    URI("uri"),
    UUID("uuid"),
    BYTE("byte"),
    DATE("date"),
    DATETIME("datetime");

    private static final Map<String, NamedFormat> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(NamedFormat::toString, format -> format));

    private final String text;

    NamedFormat(String text) {
        this.text = text;
    }

    static Optional<NamedFormat> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** What is wrong with a string; nothing for one of this format. */
    Optional<List<String>> validate(String string) {
        return Optional.of(complaints(string)).filter(found -> !found.isEmpty());
    }

    @Override
    public String toString() {
        return text;
    }

    private List<String> complaints(String string) {
        return switch (this) {
            case DNS_1123_LABEL -> DnsFormat.label1123(string);
            case DNS_1123_SUBDOMAIN -> DnsFormat.subdomain1123(string, DnsFormat.CHARACTERS);
            case DNS_1035_LABEL -> DnsFormat.label1035(string);
            case DNS_1123_LABEL_PREFIX -> DnsFormat.label1123(DnsFormat.completed(string));
            case DNS_1123_SUBDOMAIN_PREFIX ->
                DnsFormat.subdomain1123(DnsFormat.completed(string), DnsFormat.CHARACTERS);
            case DNS_1035_LABEL_PREFIX -> DnsFormat.label1035(DnsFormat.completed(string));
            case QUALIFIED_NAME -> LabelFormat.key(string);
            case LABEL_VALUE -> LabelFormat.value(string);
            case URI -> unless(Url.isValid(string), "must be an absolute URL or an absolute path");
            case UUID -> unless(DataFormat.isUuid(string), "does not match the UUID format");
            case BYTE -> unless(DataFormat.isBase64(string), "invalid base64");
            case DATE -> unless(DataFormat.isDate(string), "invalid date");
            case DATETIME -> unless(DataFormat.isDateTime(string), "invalid datetime");
        };
    }

    private static List<String> unless(boolean valid, String complaint) {
        return valid ? List.of() : List.of(complaint);
    }
}
