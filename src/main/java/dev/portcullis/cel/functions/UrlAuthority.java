package dev.portcullis.cel.functions;

import org.jspecify.annotations.Nullable;

/**
 * Who a URL names after its slashes.
 *
 * @param user name and password, escaped
 */
record UrlAuthority(@Nullable String user, String host) {
    private static final String USER_CHARACTERS = "-._:~!$&'()*+,;=%@";

    static UrlAuthority read(String scheme, String text) throws UrlSyntaxException {
        int at = text.lastIndexOf('@');
        String host = host(scheme, text.substring(at + 1));
        return new UrlAuthority(at < 0 ? null : user(text.substring(0, at)), host);
    }

    /** Whether this is nothing, or a colon and any digits. */
    static boolean isPort(String text) {
        return text.isEmpty() || (text.charAt(0) == ':' && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9'));
    }

    private static String user(String text) throws UrlSyntaxException {
        boolean valid = text.chars()
                .allMatch(c -> (c < 0x80 && Character.isLetterOrDigit(c)) || USER_CHARACTERS.indexOf(c) >= 0);
        if (!valid) {
            throw new UrlSyntaxException("invalid user information");
        }
        int colon = text.indexOf(':');
        UrlEncoding encoding = UrlEncoding.USER;
        if (colon < 0) {
            return encoding.escape(encoding.unescape(text));
        }
        String name = encoding.unescape(text.substring(0, colon));
        String password = encoding.unescape(text.substring(colon + 1));
        return encoding.escape(name) + ":" + encoding.escape(password);
    }

    private static String host(String scheme, String text) throws UrlSyntaxException {
        int bracket = text.lastIndexOf('[');
        if (bracket > 0) {
            throw new UrlSyntaxException("an address in brackets must begin the host");
        }
        if (bracket == 0) {
            return bracketed(text);
        }
        int colon = text.indexOf(':');
        boolean web = scheme.equals("http") || scheme.equals("https");
        requirePort(colon < 0 ? "" : text.substring(web ? colon : text.lastIndexOf(':')));
        return UrlEncoding.HOST.unescape(text);
    }

    private static String bracketed(String text) throws UrlSyntaxException {
        int end = text.lastIndexOf(']');
        if (end < 0) {
            throw new UrlSyntaxException("']' is missing in the host");
        }
        String port = text.substring(end + 1);
        requirePort(port);
        String inside = text.substring(1, end);
        int zone = inside.indexOf("%25");
        String address = zone < 0
                ? UrlEncoding.HOST.unescape(inside)
                : UrlEncoding.HOST.unescape(inside.substring(0, zone))
                        + UrlEncoding.ZONE.unescape(inside.substring(zone));
        if (!IpAddressText.isZonedSix(address)) {
            throw new UrlSyntaxException("no address of IPv6 in brackets");
        }
        return "[" + address + "]" + port;
    }

    private static void requirePort(String text) throws UrlSyntaxException {
        if (!isPort(text)) {
            throw new UrlSyntaxException("the port is no number");
        }
    }
}
