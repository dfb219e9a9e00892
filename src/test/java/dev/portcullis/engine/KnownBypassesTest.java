package dev.portcullis.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownBypassesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "18.09.0 | CVE-2024-41110 CVE-2026-34040 CVE-2026-41567",
                "18.09.1 | CVE-2026-34040 CVE-2026-41567",
                "18.09.9 | CVE-2026-34040 CVE-2026-41567",
                "19.03.0 | CVE-2024-41110 CVE-2026-34040 CVE-2026-41567",
                "20.10.24+dfsg1 | CVE-2024-41110 CVE-2026-34040 CVE-2026-41567",
                "23.0.14 | CVE-2024-41110 CVE-2026-34040 CVE-2026-41567",
                "23.0.15 | CVE-2026-34040 CVE-2026-41567",
                "24.0.9 | CVE-2024-41110 CVE-2026-34040 CVE-2026-41567",
                "25.0.5 | CVE-2024-41110 CVE-2026-34040 CVE-2026-41567",
                "25.0.6 | CVE-2026-34040 CVE-2026-41567",
                "26.1.4 | CVE-2024-41110 CVE-2026-34040 CVE-2026-41567",
                "26.1.5 | CVE-2026-34040 CVE-2026-41567",
                "27.1 | CVE-2024-41110 CVE-2026-34040 CVE-2026-41567",
                "27.1.1 | CVE-2026-34040 CVE-2026-41567",
                "28.0.0 | CVE-2026-34040 CVE-2026-41567",
                "28.5.2 | CVE-2026-34040 CVE-2026-41567",
                "29.1.9 | CVE-2026-34040 CVE-2026-41567",
                "29.2.0 | CVE-2026-34040 CVE-2026-41567 gRPC",
                "29.3.0 | CVE-2026-34040 CVE-2026-41567 gRPC",
                "29.3.1 | CVE-2026-41567 gRPC",
                "29.5.0 | CVE-2026-41567 gRPC",
                "29.5.1 | gRPC",
                "30.0.0-rc.1 | gRPC",
                "dev | understood",
            })
    void areThoseOfTheVersion(String version, String expected) {
        List<String> named = new ArrayList<>();
        Matcher names =
                Pattern.compile("CVE-[0-9-]+|gRPC|understood").matcher(String.join(" ", KnownBypasses.of(version)));
        while (names.find()) {
            named.add(names.group());
        }
        assertThat(String.join(" ", named)).isEqualTo(expected);
    }

    @Test
    void saysWhatToDo() {
        assertThat(KnownBypasses.of("28.5.2")).allMatch(line -> line.contains("use 29.5.1 or newer"));
    }
}
