package dev.portcullis.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** YAML as Docker Compose reads it. */
class YamlComposeTest {
    private static Document read(String yaml) throws UnreadableException {
        return switch (Yaml.readEach(yaml.getBytes(UTF_8), 1, keys -> YamlDialect.COMPOSE)
                .getFirst()) {
            case Yaml.Read read -> read.document();
            case Yaml.Unread unread -> throw unread.error();
        };
    }

    @Test
    void aMappingsOwnKeysWinOverThoseItMerges() throws Exception {
        Document document = read("""
                base: &base {a: 1, b: 1}
                more: &more {b: 2, c: 2}
                one: {<<: *base, a: 0}
                two: {<<: [*base, *more], d: 3}
                """);

        assertThat(document.root().path("one").toString()).isEqualTo("{\"a\":0,\"b\":1}");
        assertThat(document.root().path("two").toString()).isEqualTo("{\"d\":3,\"a\":1,\"b\":1,\"c\":2}");
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        assertThatThrownBy(() -> read("a: {b: 1, b: 2}"))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("stands twice");
    }

    @Test
    void yesAndNoAreTexts() throws Exception {
        assertThat(read("[yes, no, on, True, y]").root().toString()).isEqualTo("[\"yes\",\"no\",\"on\",true,\"y\"]");
    }

    @Test
    void tagsAreKept() throws Exception {
        Document document = read("a: !reset null\nb: !override [1]\nc: !!str 1\n");

        assertThat(document.positions().tagOf("/a")).isEqualTo("!reset");
        assertThat(document.positions().tagOf("/b")).isEqualTo("!override");
        assertThat(document.positions().tagOf("/c")).isNull();
    }

    @Test
    void kubernetesStillRefusesAKeyThatAMergeBringsTwice() throws Exception {
        assertThat(Yaml.readEach("base: &base {a: 1}\none: {<<: *base, a: 0}\n".getBytes(UTF_8), 1)
                        .getFirst())
                .isInstanceOf(Yaml.Unread.class);
    }
}
