package dev.portcullis.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/checks",
                "/boards/team-a",
                "/?hours=24",
                "/workload?cluster=a&namespace=b&kind=Deployment&name=c%2Fd",
                "/decisions?q=%22a%22+b&at=10:00/12:00,x@y"
            })
    void aPageOfTheConsoleIsReturnedTo(String page) {
        assertThat(ReturnAddress.of(page)).isEqualTo(page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "checks",
                "//evil.example.com",
                "///evil.example.com",
                "/\\evil.example.com",
                "\\\\evil.example.com",
                "/\t/evil.example.com",
                "/\n//evil.example.com",
                " //evil.example.com",
                "/.//evil.example.com",
                "/checks//evil.example.com",
                "https://evil.example.com/",
                "https:/evil.example.com",
                "javascript:alert(1)",
                "/javascript:alert(1)",
                "/@evil.example.com",
                "/checks\r\nSet-Cookie: a=b",
                "/checks?a=\u0000",
                "/checks?a=\u2028",
                "/checks?a=\u00e9",
                "/checks?a=b#//evil",
                "/checks?a=\\",
                "/login?next=%2F",
                "/login/oauth2/code/oidc?code=a",
                "/oauth2/authorization/oidc"
            })
    void allElseIsTheFirstPage(String address) {
        assertThat(ReturnAddress.of(address)).isEqualTo("/");
    }

    @Test
    void whatIsTooLongIsTheFirstPage() {
        String longest = "/a?" + "b".repeat(1_997);
        assertThat(ReturnAddress.of(longest)).isEqualTo(longest);
        assertThat(ReturnAddress.of(longest + "b")).isEqualTo("/");
        assertThat(ReturnAddress.of("/a".repeat(1_000))).isEqualTo("/a".repeat(1_000));
        assertThat(ReturnAddress.of("/a".repeat(100_000))).isEqualTo("/");
        assertThat(ReturnAddress.of((String) null)).isEqualTo("/");
    }
}
