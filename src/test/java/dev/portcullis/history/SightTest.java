package dev.portcullis.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.history.Filter.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SightTest {
    private static final Sight SHOP = new Sight(Set.of("shop"));

    private static Filter in(String namespace) {
        return new Filter(Map.of(Field.NAMESPACE, namespace), null, null, null, null, null);
    }

    @Test
    void whatIsInNoNamespaceIsForThoseWhoSeeAll() {
        assertThat(Sight.ALL.sees(null)).isTrue();
        assertThat(Sight.ALL.sees("bank")).isTrue();
        assertThat(SHOP.sees("shop")).isTrue();
        assertThat(SHOP.sees("bank")).isFalse();
        assertThat(SHOP.sees(null)).isFalse();
        assertThat(SHOP.sees("")).isFalse();
    }

    @Test
    void aConditionNamesWhatIsSeenAndNothingWhereThatIsAll() {
        List<Object> values = new ArrayList<>();
        assertThat(Sight.ALL.condition("n", values)).isEmpty();
        assertThat(new Sight(Set.of()).condition("n", values)).isEqualTo(" AND 1 = 0");
        assertThat(values).isEmpty();
        assertThat(new Sight(Set.of("a", "b")).condition("n", values)).isEqualTo(" AND n IN (?, ?)");
        assertThat(values).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aFilterForAnotherNamespaceDoesNotWidenWhatIsSeen() {
        assertThat(SHOP.through(Filter.ALL).equal()).isEqualTo(Map.of(Field.NAMESPACE, "shop"));
        Conditions other = Conditions.of(SHOP.through(in("bank")), SHOP);
        assertThat(other.leadingValues()).containsExactly("bank");
        assertThat(other.restValues()).containsExactly("shop");
        assertThat(Conditions.of(SHOP.through(in("shop")), SHOP).rest()).isEmpty();
    }
}
