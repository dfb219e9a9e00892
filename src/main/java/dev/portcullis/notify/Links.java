package dev.portcullis.notify;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of the console's pages.
 *
 * @param console null where nobody said under which address people reach it
 */
record Links(@Nullable URI console) {
    @Nullable String owner(@Nullable String namespace, @Nullable String kind, @Nullable String name) {
        Map<String, @Nullable String> query = new LinkedHashMap<>();
        query.put("namespace", namespace);
        query.put("ownerKind", kind);
        query.put("owner", name);
        return to("/decisions", query);
    }

    @Nullable String page(String path) {
        return to(path, Map.of());
    }

    private @Nullable String to(String path, Map<String, @Nullable String> query) {
        if (console == null) {
            return null;
        }
        String parameters = query.entrySet().stream()
                .filter(each -> each.getValue() != null && !each.getValue().isEmpty())
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return console.resolve(path) + (parameters.isEmpty() ? "" : "?" + parameters);
    }
}
