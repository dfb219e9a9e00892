package dev.portcullis.notify;

import java.util.Locale;

/** What a target is. */
public enum Kind {
    /** A webhook that takes messages as Slack's incoming webhooks do: Slack, Mattermost, Rocket.Chat, Discord. */
    SLACK,
    /** A webhook that takes CloudEvents. */
    WEBHOOK,
    /** Prometheus's Alertmanager, by its API of version 2. */
    ALERTMANAGER,
    /** People, by a mail server: digests alone. */
    EMAIL;

    /** As it is written and shown. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
