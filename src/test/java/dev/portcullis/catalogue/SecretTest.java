package dev.portcullis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretTest {
    private static final int LONG = 200_000;
    private static final Duration SOON = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PASSWORD",
                "DB_PASSWORD",
                "dbPassword",
                "db.password",
                "PGPASSWORD",
                "MYSQL_PWD",
                "USER_PASSWD",
                "SECRET",
                "CLIENT_SECRET",
                "clientSecret",
                "SECRETS",
                "TOKEN",
                "GITHUB_TOKEN",
                "TOKEN_2",
                "TOKEN2",
                "API_KEY",
                "APIKEY",
                "apiKey",
                "APIKey",
                "stripe-api-key",
                "AWS_SECRET_ACCESS_KEY",
                "PRIVATE_KEY",
                "SECRET_KEY_BASE",
                "DB_CREDENTIALS",
                "PASSWORD_OLD",
                "TOKEN_BASE64",
                "SSHPassphrase",
                "SSH_PASSPHRASE"
            })
    void nameSaysSo(String name) {
        assertThat(SecretName.matches(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PWD",
                "OLDPWD",
                "KEYBOARD",
                "MONKEY",
                "PASSWORD_FILE",
                "SECRET_NAME",
                "TOKEN_TTL",
                "TOKEN_PATH",
                "TOKEN_URL",
                "PUBLIC_KEY",
                "KEY",
                "SECRETARY",
                "TOKENIZER",
                "MAX_TOKENS",
                "PASSWORD_MIN_LENGTH",
                "API_KEY_HEADER",
                "ACCESS_KEY_ID",
                "PATH",
                "",
                "_",
                "2",
                "BROKEN",
                "BETOKEN"
            })
    void nameSaysNothing(String name) {
        assertThat(SecretName.matches(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PRIVATE KEY-----\nAAAA",
                "x -----BEGIN CERTIFICATE-----\n-----BEGIN RSA PRIVATE KEY-----\nAAAA",
                "AKIAIOSFODNN7EXAMPLE",
                "key=ASIAIOSFODNN7EXAMPLE;",
                "ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "github_pat_aaaaaaaaaaaaaaaaaaaaaa_x",
                "glpat-aaaaaaaaaaaaaaaaaaaa",
                "sk_live_aaaaaaaaaaaaaaaa",
                "xoxb-1234567890-abc",
                "https://hooks.slack.com/services/T0/B0/x",
                "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
                "postgres://u:p@db/shop",
                "https://a.example https://u:p@b.example",
                "redis://:p@cache",
                "amqp://u:p%40q@mq:5672",
                "Server=db;User=u;Password=p",
                "jdbc:postgresql://db/shop?user=u&password=p",
                "Endpoint=sb://x;SharedAccessKey=abc="
            })
    void valueShowsIt(String value) {
        assertThat(SecretValue.kind(value)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "info",
                "-----BEGIN CERTIFICATE-----",
                "-----BEGIN PUBLIC KEY-----",
                "AKIA",
                "XAKIAIOSFODNN7EXAMPLE",
                "https://u@host",
                "https://host:80/a@b",
                "https://host:80?a@b",
                "postgres://u:$(PASS)@db",
                "postgres://u:${PASS}@db",
                "postgres://u:@db",
                "docker://nginx:1@sha256:00",
                "kafka-1:9092,kafka-2:9092",
                "a@b:c",
                "Password=",
                "no-password=x",
                "Server=db;Password=$(PASS)",
                "eyJhbGciOiJIUzI1NiJ9"
            })
    void valueShowsNothing(String value) {
        assertThat(SecretValue.kind(value)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(DB_PASSWORD)",
                "${DB_PASSWORD}",
                "${DB_PASSWORD:-}",
                "true",
                "No",
                "0",
                "/run/secrets/db",
                "/key.json",
                "file:///run/secrets/db",
                "C:\\secrets\\db"
            })
    void valueIsHarmless(String value) {
        assertThat(SecretValue.isHarmless(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3cr3t", "123456", "$(A)$(B)x", "/", "/s3cr3t", "/9j/4AAQ+x=", "changeme", "$ecret!", "truely"})
    void valueMayBeASecret(String value) {
        assertThat(SecretValue.isHarmless(value)).isFalse();
    }

    /** Two hundred thousand characters each; what is quadratic takes minutes for them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "eyJ",
                "eyJaaaaaaaa.",
                "-----BEGIN ",
                "://",
                "a://b:c",
                "://:",
                "AKIA",
                "ghp_",
                "github_pat_",
                "glpat-",
                "xoxb-",
                ";password=",
                "&pwd",
                "/a",
                "/",
                "$(",
                "${a",
                "PassWord_",
                "_1",
                "_old",
                "A",
                "aB",
                "password=a;",
                "file://",
                "C:\\"
            })
    void longTextIsReadInTime(String piece) {
        String text = piece.repeat(LONG / piece.length());
        assertTimeoutPreemptively(SOON, () -> {
            SecretValue.kind(text);
            SecretValue.kind(text + "\u0000");
            SecretValue.isHarmless(text);
            SecretValue.isHarmless(text + "\u0000");
            SecretName.matches(text);
        });
    }
}
