package dev.portcullis.history;

import static dev.portcullis.history.Sample.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class RecordingTest {
    @TempDir
    private Path folder;

    private static Entry entry(String namespace) {
        Entry plain = Sample.denied("of-" + namespace, namespace, "web", NOON, "privileged");
        return new Entry(
                plain.source(),
                plain.uid(),
                plain.at(),
                plain.outcome(),
                plain.cluster(),
                plain.operation(),
                plain.username(),
                plain.subject(),
                plain.policies(),
                plain.took(),
                plain.message(),
                plain.findings(),
                Packing.pack(JsonMapper.shared().readTree("{\"of\":\"" + namespace + "\"}")));
    }

    @ParameterizedTest
    @EnumSource
    void isADecisionWithWhatWasAskedForThoseWhoSeeIt(Backend backend) throws Exception {
        try (Database database = Database.open(backend.place(folder))) {
            List<Decision> made = new Log(database).append(List.of(entry("shop"), entry("bank")));
            Recordings recordings = new Recordings(database);
            long bank = made.getLast().seq();

            Recording found = recordings.one(bank, new Sight(Set.of("bank"))).orElseThrow();
            assertThat(found.decision()).isEqualTo(made.getLast());
            Recorded asked = Objects.requireNonNull(found.asked());
            assertThat(new String(Objects.requireNonNull(asked.body()), UTF_8)).isEqualTo("{\"of\":\"bank\"}");
            assertThat(asked.ownerName()).isEqualTo("web");
            assertThat(recordings.one(bank, Sight.ALL)).isPresent();
            assertThat(recordings.one(bank, new Sight(Set.of("shop")))).isEmpty();
            assertThat(recordings.one(bank, new Sight(Set.of()))).isEmpty();
            assertThat(recordings.one(bank + 1, Sight.ALL)).isEmpty();

            database.client().sql("DELETE FROM decision_body").update();
            assertThat(recordings.one(bank, Sight.ALL).orElseThrow().asked()).isNull();
        }
    }
}
