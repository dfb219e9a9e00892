package dev.portcullis.cel.functions;

import static dev.portcullis.cel.functions.Kind.BOOL;
import static dev.portcullis.cel.functions.Kind.STRING;
import static dev.portcullis.cel.functions.Kind.URL;

import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;

/** The library {@code kubernetes.urls}. */
final class UrlFunctions {
    private UrlFunctions() {}

    static FunctionLibrary library() {
        return new Library()
                .function("url", "string_to_url", STRING, URL.type(), Url::parse)
                .function("isURL", "is_url_string", STRING, BOOL.type(), Url::isValid)
                .member("getScheme", "url_get_scheme", URL, STRING.type(), Url::scheme)
                .member("getHost", "url_get_host", URL, STRING.type(), Url::host)
                .member("getHostname", "url_get_hostname", URL, STRING.type(), Url::hostname)
                .member("getPort", "url_get_port", URL, STRING.type(), Url::port)
                .member("getEscapedPath", "url_get_escaped_path", URL, STRING.type(), Url::escapedPath)
                .member(
                        "getQuery",
                        "url_get_query",
                        URL,
                        MapType.create(STRING.type(), ListType.create(STRING.type())),
                        Url::query);
    }
}
