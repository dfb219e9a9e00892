package dev.portcullis.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"MaskedPaths", "maskedpaths", "MASKEDPATHS", "mA\u017fKEDpaths", "Mas\u212aedPath\u017f"})
    void foldsWhatGoFolds(String spelled) {
        assertThat(GoNames.fold(spelled)).isEqualTo("MASKEDPATHS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P\u0131dsLimit", "P\u0130dsLimit", "P\u00ecdsLimit", "\uff30idsLimit", "Pids Limit"})
    void leavesOtherLettersApart(String spelled) {
        assertThat(GoNames.fold(spelled)).isNotEqualTo("PIDSLIMIT");
    }
}
