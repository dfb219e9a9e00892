package dev.portcullis.cel.functions;

import java.util.Locale;

/**
 * Reads URLs.
 *
 * @param request whether only what may stand in the first line of a request is one: an absolute URL or path, where
 *     {@code //} begins no authority without a scheme
 */
record UrlReader(boolean request) {
    UrlParts read(String text) throws UrlSyntaxException {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new UrlSyntaxException("invalid control character");
        }
        if (text.isEmpty() && request) {
            throw new UrlSyntaxException("it is empty");
        }
        if (text.equals("*")) {
            return new UrlParts("", "", null, "", false, "*", false, "");
        }
        int colon = schemeEnd(text);
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        boolean asks = !query.isEmpty() || (mark >= 0 && mark == rest.length() - 1);
        return hierarchy(scheme, mark < 0 ? rest : rest.substring(0, mark), asks, query);
    }

    private UrlParts hierarchy(String scheme, String rest, boolean asks, String query) throws UrlSyntaxException {
        if (!rest.startsWith("/")) {
            if (!scheme.isEmpty()) {
                return new UrlParts(scheme, rest, null, "", false, "", asks, query);
            }
            requireRelative(rest);
        }
        boolean authorized = !scheme.isEmpty() || (!request && !rest.startsWith("///"));
        if (!authorized || !rest.startsWith("//")) {
            return new UrlParts(scheme, "", null, "", false, UrlEncoding.PATH.canonical(rest), asks, query);
        }
        int slash = rest.indexOf('/', 2);
        int end = slash < 0 ? rest.length() : slash;
        UrlAuthority authority = UrlAuthority.read(scheme, rest.substring(2, end));
        String path = UrlEncoding.PATH.canonical(rest.substring(end));
        return new UrlParts(scheme, "", authority.user(), authority.host(), true, path, asks, query);
    }

    private void requireRelative(String path) throws UrlSyntaxException {
        if (request) {
            throw new UrlSyntaxException("neither an absolute URL nor an absolute path");
        }
        int slash = path.indexOf('/');
        if (path.substring(0, slash < 0 ? path.length() : slash).indexOf(':') >= 0) {
            throw new UrlSyntaxException("a colon in the first segment of a relative path");
        }
    }

    /** Where the colon after the scheme stands, or -1. */
    private static int schemeEnd(String text) throws UrlSyntaxException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean inside = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (c == ':' && i == 0) {
                throw new UrlSyntaxException("the scheme is missing");
            }
            if (c == ':') {
                return i;
            }
            if (!letter && (!inside || i == 0)) {
                return -1;
            }
        }
        return -1;
    }
}
