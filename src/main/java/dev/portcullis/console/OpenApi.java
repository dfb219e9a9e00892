package dev.portcullis.console;

import dev.portcullis.document.Document;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import dev.portcullis.http.Reply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What describes the console's API to programs, for everybody: it says nothing that the documentation does not. */
public final class OpenApi {
    private static final String SOURCE = "openapi.yaml";

    private final byte[] json = json();

    /** The route. */
    public HttpRoute route() {
        return new HttpRoute(Port.CONSOLE, "GET", "/openapi.json", this::tell);
    }

    private void tell(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters.of(request.getQueryString(), false);
        Reply.json(response, 200, json);
    }

    private static byte[] json() {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream(SOURCE), SOURCE)) {
            Document document = Yaml.readAll(in.readAllBytes(), 1).getFirst();
            return Answer.JSON.writeValueAsBytes(document.root());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (UnreadableException wrong) {
            throw new IllegalStateException(SOURCE + " cannot be read", wrong);
        }
    }
}
