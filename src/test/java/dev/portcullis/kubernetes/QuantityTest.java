package dev.portcullis.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "1000, 1000",
        "1024, 1Ki",
        "1536, 1536",
        "67108864, 64Mi",
        "268435456, 256Mi",
        "1073741824, 1Gi"
    })
    void writesBytes(long bytes, String quantity) {
        assertThat(Quantity.ofBytes(bytes)).isEqualTo(quantity);
    }

    @ParameterizedTest
    @CsvSource({"500, 500m", "1000, 1", "1500, 1500m", "2000, 2"})
    void writesThousandths(long thousandths, String quantity) {
        assertThat(Quantity.ofThousandths(thousandths)).isEqualTo(quantity);
    }

    @ParameterizedTest
    @CsvSource({
        "256Mi, 1Gi, 1Gi",
        "256Mi, 256Mi, 256Mi",
        "256Mi, 268435457, 268435457",
        "256Mi, 268435455, 256Mi",
        "256Mi, 1G, 1G",
        "256Mi, 1e9, 1e9",
        "256Mi, 1E, 1E",
        "256Mi, 0.5Gi, 0.5Gi",
        "500m, 1, 1",
        "500m, .6, .6",
        "500m, 499999u, 500m",
        "500m, 1e999, 1e999",
        "500m, 1e99999999999, 500m",
        "500m, 1x, 500m",
        "500m, -1, 500m",
    })
    void isTheLargerOfTwo(String one, String other, String larger) {
        assertThat(Quantity.larger(one, other)).isEqualTo(larger);
    }
}
