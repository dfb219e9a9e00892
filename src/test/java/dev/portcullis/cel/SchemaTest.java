package dev.portcullis.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dportcullis.docs=rewrite} writes the schema anew. */
class SchemaTest {
    private static final Path FILE = Path.of("src/main/resources/dev/portcullis/cel/pod.schema.json");

    @Test
    void theSchemaIsWhatTheClientsClassesSay() throws IOException {
        String schema = SchemaGenerator.schema();
        if ("rewrite".equals(System.getProperty("portcullis.docs"))) {
            Files.writeString(FILE, schema);
        }
        assertThat(FILE).as("-Dportcullis.docs=rewrite writes it").hasContent(schema);
    }

    @Test
    void aNameThatIsCloseIsFound() {
        assertThat(Schema.bundled().nearest("containrs")).contains("containers");
        assertThat(Schema.bundled().nearest("hostNetwrk")).contains("hostNetwork");
    }

    @Test
    void aNameThatIsNotCloseIsNot() {
        assertThat(Schema.bundled().nearest("somethingElse")).isEmpty();
        assertThat(Schema.bundled().nearest("zz")).isEmpty();
    }
}
