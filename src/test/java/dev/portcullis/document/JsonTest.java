package dev.portcullis.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class JsonTest {
    @Test
    void readsATree() throws UnreadableException {
        assertThat(Json.read("{\"a\":[1,2.50,true,null,\"x\"]}".getBytes(UTF_8)).toString())
                .isEqualTo("{\"a\":[1,2.50,true,null,\"x\"]}");
    }

    @Test
    void duplicateKeyIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> Json.read("{\n \"a\": {\"b\": 1,\n  \"b\": {}}}".getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        UnreadableException.class, e -> assertThat(e.position()).isEqualTo(new Position(3, 3)))
                .hasMessage("the key \"b\" stands twice in one object at line 3, column 3: keep one of them");
    }
}
