package broken.portcullis.document;

import jakarta.servlet.http.HttpServletRequest;

/** A reader of text that knows where it came from. */
record KnowsServlets(HttpServletRequest request) {}
