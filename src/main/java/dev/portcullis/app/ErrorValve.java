package dev.portcullis.app;

import dev.portcullis.http.ErrorBody;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Tomcat's own refusals in the form of ours: no page, no version, no stack trace. Tomcat makes it by its name. */
public final class ErrorValve extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        byte[] body = ErrorBody.of(status, "the request is not one this server answers", ErrorBody.newRequestId());
        try {
            response.setContentType("application/json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // The connection is gone: nobody is there to be told.
            container.getLogger().debug("an error could not be answered", e);
        }
    }
}
