package dev.portcullis.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.Browser;
import dev.portcullis.testing.WebhookReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page Settings in a real browser, with a webhook that takes its test. */
@Timeout(120)
class SettingsPageTest {
    @Test
    void showsTargetsAndLoginsAndSendsATest(@TempDir Path folder) throws Exception {
        Browser.require();
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            Path address = Files.writeString(
                    folder.resolve("slack"), receiver.uri("/services/s3cret").toString());
            try (RunningServer portcullis = RunningServer.deciding(
                            "portcullis.notifications.targets.team.kind=slack",
                            "portcullis.notifications.targets.team.url-file=" + address,
                            "portcullis.notifications.targets.team.namespaces=shop,shop-*",
                            "portcullis.notifications.targets.team.severity=high",
                            "portcullis.notifications.targets.monday.kind=email",
                            "portcullis.notifications.targets.monday.url=smtp://127.0.0.1:1",
                            "portcullis.notifications.targets.monday.from=portcullis@example.com",
                            "portcullis.notifications.targets.monday.to=team@example.com",
                            "portcullis.notifications.targets.monday.digest=weekly",
                            "portcullis.notifications.targets.monday.zone=Europe/Berlin");
                    Browser browser = Browser.open(new ConsoleClient(portcullis).uri("/"))) {
                String token =
                        Files.readString(portcullis.data.resolve("admin-token")).strip();
                browser.send("Authorization", "Bearer " + token);
                browser.go("/settings");
                assertThat(browser.text())
                        .contains("slack: the address in " + address, "high or worse; in shop, shop-*")
                        .contains("the same again after 6 h", "on Mondays at 08:00 Europe/Berlin")
                        .contains("admin token", "admin-token")
                        .doesNotContain("s3cret", token);

                browser.find("#test-team").click();
                browser.awaitText("It was taken.");
                assertThat(receiver.requests()).hasSize(1);
                assertThat(receiver.requests().getFirst().json().path("text").stringValue())
                        .startsWith("This is a test of Portcullis");
                receiver.answer(404, Map.of(), "<b>no such hook</b>");
                browser.find("#test-team").click();
                browser.awaitText("answers 404: <b>no such hook</b>");
                browser.find("#test-monday").click();
                browser.awaitText("does not take mail");

                browser.go("/settings");
                browser.awaitText("failing");
                assertThat(browser.ask("document.documentElement.scrollWidth <= innerWidth"))
                        .isEqualTo(true);
                assertThat(browser.barriers()).isEmpty();
                browser.picture("settings");
                browser.dark(true);
                browser.go("/settings");
                assertThat(browser.barriers()).isEmpty();
                browser.picture("settings-dark");
                browser.dark(false);
                browser.resize(360, 800);
                browser.go("/settings");
                assertThat(browser.ask("document.documentElement.scrollWidth <= innerWidth"))
                        .isEqualTo(true);
                browser.picture("settings-360");
                browser.resize(1280, 900);

                browser.go("/settings");
                browser.find("main .head a").click();
                browser.await("location.pathname === '/audit'");
                browser.go("/audit?action=change");
                browser.awaitText("target=monday");
                assertThat(browser.text()).contains("POST /api/v1/settings/test", "admin", "token, 127.0.0.1");
                assertThat(browser.barriers()).isEmpty();
                browser.picture("audit");
                browser.go("/audit?action=logout&user=%3Cb%3E");
                browser.awaitText("Nothing like that was done.");
                browser.resize(360, 800);
                browser.go("/audit");
                assertThat(browser.ask("document.documentElement.scrollWidth <= innerWidth"))
                        .isEqualTo(true);
                browser.picture("audit-360");
                assertThat(browser.complaints()).isEmpty();
            }
        }
    }
}
