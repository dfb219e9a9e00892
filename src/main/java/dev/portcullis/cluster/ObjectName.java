package dev.portcullis.cluster;

import java.util.regex.Pattern;

/** Names of objects that go into the path of a request: nothing else may. */
final class ObjectName {
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?");

    private ObjectName() {}

    static boolean isOne(String name) {
        return SUBDOMAIN.matcher(name).matches() && !name.contains("..");
    }
}
