package dev.portcullis.resource;

import dev.portcullis.check.Words;
import dev.portcullis.document.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code metadata}, and sees to it that no two policies of one reading have the same name. */
final class PolicyNames {
    private static final List<String> MEMBERS = List.of("name", "labels", "annotations");
    private static final int LONGEST = 253;

    /** A DNS-1123 subdomain, as Kubernetes asks of the names of such resources. */
    private static final Pattern FORM =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private final Map<String, String> placeByName = new HashMap<>();

    /** The policy's name; null when it has none that can be used, which is told. */
    @Nullable String read(Field root) {
        Field metadata = root.required("metadata", "write metadata: {name: default}, or another name");
        if (metadata == null || !metadata.isObject()) {
            return null;
        }
        metadata.allowMembers("metadata", MEMBERS, List.of());
        Field field = metadata.required("name", "name the policy");
        String name = field == null ? null : field.text();
        if (field == null || name == null) {
            return null;
        }
        if (name.length() > LONGEST || !FORM.matcher(name).matches()) {
            field.refuse(Words.value(name) + " is no name: use at most " + LONGEST
                    + " lower-case letters, digits, - and ., with a letter or digit at both ends");
            return null;
        }
        Position position = field.position();
        String place = field.source() + (position == null ? "" : ":" + position.line() + ":" + position.column());
        String first = placeByName.putIfAbsent(name, place);
        if (first != null) {
            field.refuse("the policy at " + first + " is named " + Words.value(name) + " too: rename one of them");
        }
        return name;
    }
}
