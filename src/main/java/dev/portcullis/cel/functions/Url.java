package dev.portcullis.cel.functions;

import java.util.List;
import java.util.Map;

/**
 * A URL as Go's net/url reads it.
 *
 * @param parts what it consists of
 * @param text its canonical form, by which URLs are equal
 */
record Url(UrlParts parts, String text) {
    static boolean isValid(String text) {
        try {
            new UrlReader(true).read(ByteString.of(text));
            return true;
        } catch (UrlSyntaxException _) {
            return false;
        }
    }

    /** Reads the text as the URI of a request first, which must be absolute, and then with a fragment. */
    static Url parse(String text) {
        String bytes = ByteString.of(text);
        try {
            new UrlReader(true).read(bytes);
            int hash = bytes.indexOf('#');
            UrlParts parts = new UrlReader(false).read(hash < 0 ? bytes : bytes.substring(0, hash));
            String fragment = hash < 0 ? "" : canonicalFragment(bytes.substring(hash + 1));
            return new Url(parts, ByteString.toText(parts.canonical() + fragment));
        } catch (UrlSyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is no URL: " + e.getMessage(), e);
        }
    }

    String scheme() {
        return parts.scheme();
    }

    String host() {
        return ByteString.toText(parts.host());
    }

    String hostname() {
        String host = parts.host();
        int port = parts.portStart();
        String name = port < 0 ? host : host.substring(0, port);
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        return ByteString.toText(bracketed ? name.substring(1, name.length() - 1) : name);
    }

    String port() {
        int port = parts.portStart();
        return port < 0 ? "" : parts.host().substring(port + 1);
    }

    String escapedPath() {
        return ByteString.toText(parts.escapedPath());
    }

    Map<String, List<String>> query() {
        return UrlQuery.read(parts.query());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Url url && text.equals(url.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static String canonicalFragment(String fragment) throws UrlSyntaxException {
        String canonical = UrlEncoding.FRAGMENT.canonical(fragment);
        return canonical.isEmpty() ? "" : "#" + canonical;
    }
}
