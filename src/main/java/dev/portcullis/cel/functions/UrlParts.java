package dev.portcullis.cel.functions;

import org.jspecify.annotations.Nullable;

/**
 * What a URL consists of, as bytes.
 *
 * @param opaque what follows the scheme of a URL such as {@code mailto:someone}, else nothing
 * @param user name and password, escaped
 * @param slashes whether two slashes begin an authority, which may be empty
 * @param asks whether there is a question mark
 */
record UrlParts(
        String scheme,
        String opaque,
        @Nullable String user,
        String host,
        boolean slashes,
        String escapedPath,
        boolean asks,
        String query) {

    /** Where the colon before a port stands in the host, or -1. */
    int portStart() {
        int colon = host.lastIndexOf(':');
        return colon >= 0 && UrlAuthority.isPort(host.substring(colon)) ? colon : -1;
    }

    /** The URL as Go writes it, without a fragment. */
    String canonical() {
        StringBuilder text = new StringBuilder();
        if (!scheme.isEmpty()) {
            text.append(scheme).append(':');
        }
        if (opaque.isEmpty()) {
            appendHierarchy(text);
        } else {
            text.append(opaque);
        }
        return asks ? text.append('?').append(query).toString() : text.toString();
    }

    private void appendHierarchy(StringBuilder text) {
        if (user != null || !host.isEmpty() || (slashes && !escapedPath.isEmpty())) {
            text.append("//");
        }
        if (user != null) {
            text.append(user).append('@');
        }
        text.append(UrlEncoding.HOST.escape(host)).append(escapedPath);
    }
}
