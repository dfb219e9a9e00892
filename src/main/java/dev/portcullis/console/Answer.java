package dev.portcullis.console;

import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.Reply;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** What is asked of the history, and how it is answered where it cannot be. */
final class Answer {
    static final JsonMapper JSON = JsonMapper.shared();

    /** What is said to a cursor that is none. */
    static final String CURSOR = "cursor must be the next of a page before, or absent";

    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    private Answer() {}

    /** A question; whatever is wrong with a cursor is told by an IllegalArgumentException. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws HistoryUnavailableException;
    }

    /** What needs no asking, as JSON. */
    static void json(HttpServletResponse response, Object answer) throws IOException {
        Reply.json(response, 200, JSON.writeValueAsBytes(answer));
    }

    /** The answer as JSON. */
    static void asked(HttpServletResponse response, Question<?> question) throws HttpError, IOException {
        Reply.json(response, 200, JSON.writeValueAsBytes(to(question)));
    }

    /** The answer itself. */
    static <T> T to(Question<T> question) throws HttpError {
        try {
            return question.ask();
        } catch (IllegalArgumentException none) {
            throw new HttpError(BAD_REQUEST, CURSOR);
        } catch (HistoryUnavailableException away) {
            throw new HttpError(UNAVAILABLE, away.sentence());
        }
    }
}
