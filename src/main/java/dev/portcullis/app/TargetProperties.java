package dev.portcullis.app;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Severity;
import dev.portcullis.history.Source;
import dev.portcullis.notify.Kind;
import dev.portcullis.notify.Letter;
import dev.portcullis.notify.Schedule;
import dev.portcullis.notify.Selection;
import dev.portcullis.notify.Target;
import dev.portcullis.policy.Mode;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where notifications go.
 *
 * @param kind slack, webhook, alertmanager or email
 * @param url its address; of email a mail server's, such as smtp://mail.example.com:587
 * @param urlFile a file of its address, where that is a secret: that of Slack is
 * @param tokenFile a file of the token that it is shown, as Authorization: Bearer
 * @param username who logs in to it
 * @param passwordFile a file of the password that goes with the username
 * @param signingFile a file of the secret by which a webhook knows who sends
 * @param authority PEM file of the CAs of its certificate; absent is those that Java trusts
 * @param plain whether it may be spoken to without TLS, although it is on another machine
 * @param namespaces which it is told of, with stars; absent is all
 * @param excludeNamespaces of which it is not told
 * @param checks which it is told of; absent is all
 * @param severity the least that it is told of; absent is any
 * @param modes of what it is told: enforce, warn, audit
 * @param sources who asked: admission, container, docker; absent is all
 * @param quiet for how long it is not told again of one owner and the same checks
 * @param from the address that e-mail is from
 * @param to the addresses that e-mail goes to, 20 at most
 * @param digest when e-mail is sent: daily or weekly
 * @param at at what time of the day
 * @param day on which day of the week
 * @param zone in which time zone that is meant
 */
record TargetProperties(
        Kind kind,
        @Nullable URI url,
        @Nullable Path urlFile,
        @Nullable Path tokenFile,
        @Nullable String username,
        @Nullable Path passwordFile,
        @Nullable Path signingFile,
        @Nullable Path authority,
        @DefaultValue("false") boolean plain,
        @DefaultValue List<String> namespaces,
        @DefaultValue List<String> excludeNamespaces,
        @DefaultValue Set<String> checks,
        @Nullable Severity severity,
        @DefaultValue({"enforce", "warn"}) Set<Mode> modes,
        @DefaultValue Set<Source> sources,
        @DefaultValue("6h") Duration quiet,
        @Nullable String from,
        @DefaultValue List<String> to,
        @Nullable Frequency digest,
        @DefaultValue("08:00") String at,
        @DefaultValue("monday") DayOfWeek day,
        @DefaultValue("UTC") String zone) {
    private static final int MOST = 100;
    private static final int MOST_RECIPIENTS = 20;
    private static final String RULES = "rules/";
    /** Names of namespaces, with stars. */
    static final Pattern NAMESPACES = Pattern.compile("[-a-z0-9*]{1,63}");

    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;:\"]{1,64}@[A-Za-z0-9.-]{1,253}");

    /** When e-mail is sent. */
    enum Frequency {
        /** Every day. */
        DAILY,
        /** Once a week. */
        WEEKLY
    }

    /** @param property the name that its properties begin with, without portcullis. */
    void check(String property) {
        Rules rules = new Rules(property);
        rules.hold(kind != null, "kind", "must be slack, webhook, alertmanager or email");
        checkAddress(rules);
        checkSecrets(rules);
        checkSelection(rules);
        checkLetter(rules);
        rules.hold(
                quiet.compareTo(Duration.ofMinutes(1)) >= 0 && quiet.compareTo(Duration.ofDays(7)) <= 0,
                "quiet",
                "must be 1m to 7d");
    }

    /** What must hold of a target. */
    private record Rules(String property) {
        void hold(boolean holds, String name, String rule) {
            PortcullisProperties.require(holds, property + "." + name, rule);
        }
    }

    private void checkAddress(Rules rules) {
        switch (kind) {
            case SLACK ->
                rules.hold(
                        url == null && urlFile != null,
                        "url-file",
                        "must name a file of the webhook's address, and url is not given: the address is a secret");
            case WEBHOOK ->
                rules.hold((url == null) != (urlFile == null), "url", "or url-file is needed, and not both");
            case ALERTMANAGER, EMAIL -> rules.hold(url != null && urlFile == null, "url", "is needed, and no url-file");
        }
        if (url != null && kind == Kind.EMAIL) {
            rules.hold(
                    Target.isMailServer(url),
                    "url",
                    "must be like smtp://mail.example.com:587 or smtps://mail.example.com:465");
        } else if (url != null) {
            rules.hold(
                    Target.mayBePosted(url, plain),
                    "url",
                    "must be like https://hooks.example.com/path; without TLS it must be on this machine, or plain be true");
            rules.hold(
                    url.getRawQuery() == null,
                    "url",
                    "has a query, which may be a secret: write the address into a file, and name it with url-file");
        }
    }

    private void checkSecrets(Rules rules) {
        boolean http = kind == Kind.WEBHOOK || kind == Kind.ALERTMANAGER;
        rules.hold(tokenFile == null || http, "token-file", "is for a webhook or an alertmanager");
        rules.hold(signingFile == null || kind == Kind.WEBHOOK, "signing-file", "is for a webhook");
        rules.hold(
                (username == null) == (passwordFile == null), "username", "and password-file go together: give both");
        rules.hold(passwordFile == null || kind != Kind.SLACK, "password-file", "is not for slack");
        rules.hold(tokenFile == null || passwordFile == null, "token-file", "and password-file exclude one another");
    }

    private void checkSelection(Rules rules) {
        checkPatterns(rules, namespaces, "namespaces");
        checkPatterns(rules, excludeNamespaces, "exclude-namespaces");
        rules.hold(checks.size() <= MOST, "checks", "must be " + MOST + " at most");
        for (String check : checks) {
            rules.hold(
                    isCheck(check),
                    "checks",
                    "must be ids of checks, or rules/NAME; '" + check + "' is none: see portcullis checks");
        }
        rules.hold(!modes.isEmpty() && !modes.contains(Mode.OFF), "modes", "must be some of enforce, warn and audit");
        rules.hold(
                kind != Kind.ALERTMANAGER || modes.contains(Mode.ENFORCE),
                "modes",
                "must have enforce: alerts tell of denials");
    }

    /** Whether there is such a check, or may be one of users' own. */
    static boolean isCheck(String id) {
        return Catalogue.find(id).isPresent() || id.startsWith(RULES);
    }

    private static void checkPatterns(Rules rules, List<String> patterns, String name) {
        rules.hold(patterns.size() <= MOST, name, "must be " + MOST + " at most");
        for (String pattern : patterns) {
            rules.hold(
                    NAMESPACES.matcher(pattern).matches(),
                    name,
                    "must be names of namespaces, or with stars such as team-*; '" + pattern + "' is none");
        }
    }

    private void checkLetter(Rules rules) {
        boolean mail = kind == Kind.EMAIL;
        rules.hold((digest != null) == mail, "digest", mail ? "must be daily or weekly" : "is for email");
        rules.hold(
                mail == (from != null && ADDRESS.matcher(from).matches()),
                "from",
                mail ? "must be an address such as portcullis@example.com" : "is for email");
        rules.hold(mail != to.isEmpty(), "to", mail ? "must name who gets the mail" : "is for email");
        rules.hold(to.size() <= MOST_RECIPIENTS, "to", "must be " + MOST_RECIPIENTS + " at most");
        for (String recipient : to) {
            rules.hold(
                    ADDRESS.matcher(recipient).matches(),
                    "to",
                    "must be addresses such as team@example.com, '" + recipient + "' is none");
        }
        rules.hold(parses(() -> LocalTime.parse(at)), "at", "must be a time such as 08:00, not '" + at + "'");
        rules.hold(
                parses(() -> ZoneId.of(zone)), "zone", "must be a time zone such as Europe/Berlin, not '" + zone + "'");
    }

    private static boolean parses(Runnable parser) {
        try {
            parser.run();
            return true;
        } catch (DateTimeException none) {
            return false;
        }
    }

    Target target(String name, String property) {
        return new Target(
                name,
                property,
                kind,
                url,
                urlFile,
                tokenFile,
                username,
                passwordFile,
                signingFile,
                authority,
                plain,
                new Selection(
                        namespaces,
                        excludeNamespaces,
                        checks,
                        severity,
                        modes.stream().map(Mode::id).collect(Collectors.toSet()),
                        sources.stream().map(Source::id).collect(Collectors.toSet())),
                quiet,
                letter());
    }

    private @Nullable Letter letter() {
        return digest == null
                ? null
                : new Letter(
                        Objects.requireNonNull(from),
                        to,
                        new Schedule(digest == Frequency.WEEKLY ? day : null, LocalTime.parse(at), ZoneId.of(zone)));
    }
}
