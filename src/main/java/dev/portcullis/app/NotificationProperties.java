package dev.portcullis.app;

import dev.portcullis.notify.Notifications;
import dev.portcullis.notify.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom the console tells of what was denied and warned of.
 *
 * @param targets where notifications go, by name, such as portcullis.notifications.targets.team.kind=slack;
 *     docs/notifications.md lists what a target has
 * @param retryFor for how long a message is tried before it is given up
 */
record NotificationProperties(
        @DefaultValue Map<String, TargetProperties> targets,
        @DefaultValue("1h") Duration retryFor) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?");

    NotificationProperties {
        require(
                targets.size() <= Notifications.MOST_TARGETS,
                "targets",
                "must be " + Notifications.MOST_TARGETS + " at most");
        require(
                retryFor.compareTo(Duration.ofSeconds(1)) >= 0 && retryFor.compareTo(Duration.ofDays(1)) <= 0,
                "retry-for",
                "must be 1s to 1d");
        for (String name : targets.keySet()) {
            require(
                    NAME.matcher(name).matches(),
                    "targets",
                    "must have names of 1 to 40 small letters, digits and '-', '" + name + "' is none");
        }
        targets.forEach((name, target) -> target.check(property(name)));
    }

    private static String property(String target) {
        return "notifications.targets." + target;
    }

    private static void require(boolean holds, String name, String rule) {
        PortcullisProperties.require(holds, "notifications." + name, rule);
    }

    /** All of them, in the order of their names. */
    List<Target> all() {
        return new TreeMap<>(targets)
                .entrySet().stream()
                        .map(each -> each.getValue().target(each.getKey(), "portcullis." + property(each.getKey())))
                        .toList();
    }
}
