package dev.portcullis.console;

import dev.portcullis.history.HistoryUnavailableException;
import dev.portcullis.http.HttpError;
import dev.portcullis.http.HttpRoute;
import dev.portcullis.http.Port;
import dev.portcullis.notify.Notifications;
import dev.portcullis.notify.UnsentException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Tells how the console is set up, without what is secret, and tries its notifications. */
public final class SettingsRoutes {
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final Notifications notifications;
    private final List<LoginRow> logins;

    /** Routes that tell of these. */
    public SettingsRoutes(Notifications notifications, List<LoginRow> logins) {
        this.notifications = notifications;
        this.logins = List.copyOf(logins);
    }

    /** The routes, for whoever sees all; trying a target is for admins. */
    public List<HttpRoute> routes() {
        return List.of(
                new HttpRoute(Port.CONSOLE, "GET", "/api/v1/settings", this::tell),
                new HttpRoute(Port.CONSOLE, "POST", "/api/v1/settings/test", this::test));
    }

    private record Settings(List<TargetRow> targets, List<LoginRow> logins) {}

    /** @param why it was not sent; empty where it was */
    private record Tested(boolean sent, String why) {}

    private void tell(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        Parameters.of(request.getQueryString(), false);
        Answer.asked(
                response,
                () -> new Settings(
                        notifications.targets().stream().map(TargetRow::of).toList(), logins));
    }

    private void test(HttpServletRequest request, HttpServletResponse response) throws HttpError, IOException {
        String target = Parameters.of(request.getQueryString(), false, "target").required("target");
        if (!notifications.names().contains(target)) {
            throw new HttpError(NOT_FOUND, "there is no such target: GET /api/v1/settings lists them");
        }
        Answer.json(response, tested(target));
    }

    private Tested tested(String target) throws HttpError {
        try {
            if (!notifications.test(target)) {
                throw new HttpError(TOO_MANY, "a test of this target is on its way: wait for it");
            }
            return new Tested(true, "");
        } catch (UnsentException unsent) {
            return new Tested(false, unsent.sentence());
        } catch (HistoryUnavailableException away) {
            throw new HttpError(UNAVAILABLE, away.sentence());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new HttpError(UNAVAILABLE, "the console is about to end");
        }
    }
}
