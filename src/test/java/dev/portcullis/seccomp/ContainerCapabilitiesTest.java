package dev.portcullis.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerCapabilitiesTest {
    private static List<String> list(String names) {
        return names.isEmpty() ? List.of() : Arrays.asList(names.split(" "));
    }

    /** As moby's TweakCapabilities has it; beyond is beside the base that is named. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|''|DEFAULT|''|''",
                "ALL|''|NONE|''|''",
                "all|cap_chown Sys_Time|NONE|CAP_CHOWN CAP_SYS_TIME|''",
                "chown|''|DEFAULT|''|CAP_CHOWN",
                "CHOWN|CHOWN|DEFAULT|''|''",
                "''|SYS_ADMIN|DEFAULT|CAP_SYS_ADMIN|''",
                "''|ALL|ALL|''|''",
                "ALL|all|ALL|''|''",
                "CAP_SYS_ADMIN|ALL|ALL|''|CAP_SYS_ADMIN",
                "SYS_ADMIN|ALL SYS_ADMIN|ALL|''|CAP_SYS_ADMIN",
                "ALL SYS_ADMIN|ALL|ALL|''|CAP_SYS_ADMIN",
                "ALL CHOWN|CHOWN|NONE|CAP_CHOWN|''",
            })
    void dropsThenAdds(String dropped, String added, String base, String more, String less) {
        Set<String> expected = new TreeSet<>(
                switch (base) {
                    case "ALL" -> ContainerCapabilities.ALL;
                    case "DEFAULT" -> ContainerCapabilities.DEFAULT;
                    default -> Set.of();
                });
        expected.addAll(list(more));
        expected.removeAll(list(less));
        assertThat(ContainerCapabilities.of(list(dropped), list(added))).isEqualTo(expected);
    }
}
