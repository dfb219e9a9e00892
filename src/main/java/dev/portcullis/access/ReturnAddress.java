package dev.portcullis.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page that somebody wanted before they had to log in: a path of this console with its query. Anybody can write an address
 * that names another one, so that all others are the first page.
 */
final class ReturnAddress {
    static final String PARAMETER = "next";

    private static final String FIRST = "/";
    private static final String ATTRIBUTE = ReturnAddress.class.getName();
    private static final int LONGEST = 2_000;

    /** No part of the path is empty, since browsers read two slashes, however they are written, as another host. */
    private static final Pattern PAGE = Pattern.compile("/(?:[\\w%.~-]+(?:/[\\w%.~-]+)*+)?+(?:\\?[!-~&&[^#\\\\]]*+)?+");

    /** Where logins begin: who came back to one would be sent around in a circle. */
    private static final List<String> NO_PAGES = List.of(TokenLoginFilter.PATH, "/oauth2");

    private ReturnAddress() {}

    /** What was asked for, where that is a page of this console, and else the first. */
    static String of(@Nullable String asked) {
        return asked != null
                        && asked.length() <= LONGEST
                        && PAGE.matcher(asked).matches()
                        && NO_PAGES.stream().noneMatch(asked::startsWith)
                ? asked
                : FIRST;
    }

    /** Remembers it for the answer to a request. */
    static void keep(HttpServletRequest request, String address) {
        request.setAttribute(ATTRIBUTE, address);
    }

    /** What is remembered, and else what the request itself asks for. */
    static String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String kept ? kept : of(request.getParameter(PARAMETER));
    }
}
