package dev.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that come in pages, expire on the way, or are refused. */
class ListingTest {
    private static final String PODS = "/api/v1/pods";

    @TempDir
    private Path folder;

    private FakeApi api;
    private Listing listing;

    @BeforeEach
    void begin() throws Exception {
        api = new FakeApi();
        listing = Listing.asKubectl(api.kubeconfig(folder), null);
    }

    @AfterEach
    void end() {
        listing.close();
        api.close();
    }

    @Test
    void goesFromPageToPage() throws Exception {
        pages(page("n/+=", "a", "b"), page("", "c"));

        assertThat(names()).containsExactly("a", "b", "c");
        assertThat(api.requests).last().asString().contains("limit=250&continue=n/+=");
    }

    @Test
    void beginsAnewWhereTheListHasExpired() throws Exception {
        pages(page("next", "a", "b"), "410", page("next", "a", "b"), page("", "c"));

        assertThat(names()).containsExactly("a", "b", "a", "b", "c");
    }

    @Test
    void givesUpWhereItExpiresAgainAndAgain() {
        pages("410", "410", "410", "410", "410");

        assertThatThrownBy(this::names)
                .isInstanceOf(ListingException.class)
                .hasMessageStartingWith("pods cannot be listed");
    }

    @Test
    void saysThatItIsForbidden() {
        pages("403");

        assertThatThrownBy(this::names).hasMessage("pods cannot be listed: it is forbidden");
    }

    @Test
    void tellsWhetherTheClusterKnowsTheKind() throws Exception {
        assertThat(listing.each(Kind.POLICY, null, _ -> {})).isFalse();
        pages(page(""));
        assertThat(listing.each(Kind.POD, null, _ -> {})).isTrue();
    }

    private void pages(String... pages) {
        api.pages.put(PODS, new LinkedBlockingQueue<>(List.of(pages)));
    }

    private static String page(String next, String... names) {
        List<String> items = new ArrayList<>();
        for (String name : names) {
            items.add("{\"metadata\": {\"name\": \"%s\", \"managedFields\": []}, \"status\": {}}".formatted(name));
        }
        return "{\"kind\": \"PodList\", \"metadata\": {\"continue\": \"%s\"}, \"items\": [%s]}"
                .formatted(next, String.join(",", items));
    }

    private List<String> names() throws ListingException {
        List<String> names = new ArrayList<>();
        listing.each(Kind.POD, null, pod -> {
            assertThat(pod.path("kind").asString()).isEqualTo("Pod");
            assertThat(pod.toString()).doesNotContain("managedFields", "status");
            names.add(pod.path("metadata").path("name").asString());
        });
        return names;
    }
}
