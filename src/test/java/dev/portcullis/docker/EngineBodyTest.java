package dev.portcullis.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.document.Json;
import dev.portcullis.document.UnreadableException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EngineBodyTest {
    @ParameterizedTest
    @ValueSource(strings = {"hostconfig", "HOSTCONFIG", "Ho\u017ftConfig", "hO\u017fTcONFIG", "HostConfig"})
    void keysMatchFoldedAsInGo(String hostConfig) throws Exception {
        GoValue body = create("{\"%s\":{\"privileged\":true}}".formatted(hostConfig));

        GoValue privileged = body.field("HostConfig").field("Privileged");

        assertThat(privileged.flag()).isTrue();
        assertThat(privileged.path().pointer()).isEqualTo("/" + hostConfig + "/privileged");
    }

    @Test
    void theKelvinSignIsAK() throws Exception {
        GoValue masked = create("{\"HostConfig\":{\"Mas\u212aedPaths\":[]}}")
                .field("HostConfig")
                .field("MaskedPaths");

        assertThat(masked.isSet()).isTrue();
        assertThat(masked.elements()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P\u0131dsLimit", "P\u0130dsLimit", "\uff30idsLimit"})
    void otherLettersThatJavaWouldFoldAreNot(String key) throws Exception {
        GoValue limit = create("{\"HostConfig\":{\"%s\":64}}".formatted(key))
                .field("HostConfig")
                .field("PidsLimit");

        assertThat(limit.isSet()).isFalse();
        assertThat(limit.path().pointer()).isEqualTo("/HostConfig/PidsLimit");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"hostconfig\":{\"pidslimit\":null}}`, /hostconfig/pidslimit",
                "`{\"hostconfig\":{}}`, /hostconfig/PidsLimit",
                "`{\"hostconfig\":null}`, /hostconfig/PidsLimit",
                "`{}`, /HostConfig/PidsLimit"
            })
    void anUnsetFieldSaysWhereItGoes(String body, String pointer) throws Exception {
        GoValue limit = create(body).field("HostConfig").field("PidsLimit");

        assertThat(limit.isSet()).isFalse();
        assertThat(limit.number()).isZero();
        assertThat(limit.path().pointer()).isEqualTo(pointer);
    }

    @Test
    void nullAndEmptyListsStayApart() throws Exception {
        GoValue host = create("{\"HostConfig\":{\"MaskedPaths\":null,\"ReadonlyPaths\":[]}}")
                .field("HostConfig");

        assertThat(host.field("MaskedPaths").isSet()).isFalse();
        assertThat(host.field("ReadonlyPaths").isSet()).isTrue();
    }

    @Test
    void aKeyTwiceIsRefused() {
        assertThatThrownBy(() -> create("{\"HostConfig\":{\"Privileged\":true},\"HostConfig\":{}}"))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("stands twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"HostConfig\":{\"Privileged\":true},\"hostconfig\":{}}",
                "{\"HostConfig\":{\"PidsLimit\":64,\"Pid\u017fLimit\":-1}}",
                "{\"HostConfig\":{\"Unknown\":64,\"un\u212anown\":-1}}",
                "{\"HostConfig\":{\"Mounts\":[{\"Source\":\"/a\",\"source\":\"/\"}]}}",
                "{\"HostConfig\":{\"PortBindings\":{\"80\":[],\"80/tcp\":[]}}}"
            })
    void twoSpellingsOfOneKeyAreRefused(String body) {
        assertThatMalformed(() -> create(body)).hasMessageContaining("twice, in two spellings");
    }

    @Test
    void keysOfMapsAreExact() throws Exception {
        GoValue sysctls = create("{\"HostConfig\":{\"Sysctls\":{\"a\":\"1\",\"A\":\"2\"}}}")
                .field("HostConfig")
                .field("Sysctls");

        assertThat(sysctls.members()).containsOnlyKeys("a", "A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Privileged", "privileged", "prIvileged", "Pid\u017fLimit", "Memory", "Cpu\u017fet"})
    void fieldsOfHostConfigBesideItAreRefused(String key) {
        assertThatMalformed(() -> create("{\"Image\":\"a\",\"%s\":1}".formatted(key)))
                .hasMessageContaining("belongs to HostConfig")
                .extracting(problem -> ((MalformedBodyException) problem).path().pointer())
                .isEqualTo("/" + key);
    }

    @Test
    void nullsBesideHostConfigSetNothing() throws Exception {
        assertThat(create("{\"Image\":\"a\",\"Runtime\":null}").field("Image").text())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"HostConfig\":{\"Privileged\":\"true\"}}`, HostConfig.Privileged is a string: write true or false",
                "`{\"HostConfig\":{\"PidsLimit\":1.0}}`, HostConfig.PidsLimit has a fraction",
                "`{\"HostConfig\":{\"PidsLimit\":1e2}}`, HostConfig.PidsLimit has a fraction",
                "`{\"HostConfig\":{\"PidsLimit\":9223372036854775808}}`, HostConfig.PidsLimit is out of range",
                "`{\"HostConfig\":{\"BlkioWeight\":65536}}`, HostConfig.BlkioWeight is out of range",
                "`{\"HostConfig\":{\"Binds\":\"/:/host\"}}`, HostConfig.Binds is a string: write a list",
                "`{\"HostConfig\":{\"Binds\":[1]}}`, HostConfig.Binds[0] is a number: write a string",
                "`{\"HostConfig\":[]}`, HostConfig is a list: write an object",
                "`{\"HostConfig\":{\"Dns\":[\"1.2.3\"]}}`, HostConfig.Dns[0] is \"1.2.3\": write an IP address",
                "`{\"ExposedPorts\":{\"65536/tcp\":{}}}`, `ExposedPorts[\"65536/tcp\"] is no usable key`",
                "`null`, the body is no object: send a JSON object",
                "`[]`, the body is no object"
            })
    void whatGoRefusesIsRefusedWithPlaceAndRemedy(String body, String message) {
        assertThatMalformed(() -> create(body)).hasMessageContaining(message);
    }

    @Test
    void messagesAreShortAndPrintable() {
        String key = "\u001b[31m\u202e".repeat(10_000);

        assertThatMalformed(() -> create("{\"ExposedPorts\":{\"%s\":{}}}".formatted(key.replace("\u001b", "\\u001b"))))
                .message()
                .hasSizeLessThan(2_000)
                .doesNotContain("\u001b", "\u202e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}{}", "{} x", "\ufeff{}", "{\"Image\":\"\\ud800\"}"})
    void whatIsNotOneJsonTextIsRefused(String body) {
        assertThatThrownBy(() -> create(body)).isInstanceOf(UnreadableException.class);
    }

    @Test
    void updatesAndExecsAreDecodedAlike() throws Exception {
        GoValue update = EngineBody.update(json("{\"pidslimit\":-1,\"RestartPolicy\":{\"Name\":\"always\"}}"));
        GoValue exec = EngineBody.exec(json("{\"PRIVILEGED\":true,\"User\":\"0\",\"ConsoleSize\":[1]}"));

        assertThat(update.field("PidsLimit").number()).isEqualTo(-1);
        assertThat(update.field("PidsLimit").path().pointer()).isEqualTo("/pidslimit");
        assertThat(update.field("RestartPolicy").field("Name").text()).isEqualTo("always");
        assertThat(exec.field("Privileged").flag()).isTrue();
        assertThat(exec.field("ConsoleSize").elements()).hasSize(1);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertThatMalformed(
            ThrowingCallable reading) {
        return assertThatThrownBy(reading).isInstanceOf(MalformedBodyException.class);
    }

    private static GoValue create(String body) throws UnreadableException, MalformedBodyException {
        return EngineBody.create(json(body));
    }

    private static JsonNode json(String text) throws UnreadableException {
        return Json.read(text.getBytes(UTF_8));
    }
}
