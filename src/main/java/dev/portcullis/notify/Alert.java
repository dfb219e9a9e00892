package dev.portcullis.notify;

import java.time.Instant;
import java.util.Map;

/**
 * An alert as Alertmanager takes it.
 *
 * @param labels what tells it from others
 * @param endsAt from when on it is resolved, unless it is sent again
 */
record Alert(
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant startsAt,
        Instant endsAt,
        String generatorURL) {}
