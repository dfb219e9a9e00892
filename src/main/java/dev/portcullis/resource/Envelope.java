package dev.portcullis.resource;

import dev.portcullis.check.Words;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a resource says that it is. */
final class Envelope {
    static final String API_VERSION = "portcullis.dev/v1alpha1";

    private static final List<String> MEMBERS = List.of("apiVersion", "kind", "metadata", "spec");

    private Envelope() {}

    /** The kinds that there are. */
    enum Kind {
        POLICY("HardeningPolicy"),
        EXEMPTION("HardeningExemption");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** As resources write it. */
        String id() {
            return id;
        }
    }

    /** The kind of a document; what is of none is refused, as leaving it out would say that it counts. */
    static @Nullable Kind kind(Field root) {
        if (!root.isObject()) {
            return null;
        }
        Field field = root.required("kind", "write kind: " + Kind.POLICY.id());
        String written = field == null ? null : field.text();
        Kind kind = field == null || written == null ? null : kind(field, written);
        return kind != null && isOfOurs(root, kind) ? kind : null;
    }

    private static @Nullable Kind kind(Field field, String written) {
        for (Kind kind : Kind.values()) {
            if (kind.id().equals(written)) {
                return kind;
            }
        }
        List<String> known = Arrays.stream(Kind.values()).map(Kind::id).toList();
        field.refuse(Words.value(written) + " is no policy; "
                + Field.hint(written, known, "keep other resources in files of their own"));
        return null;
    }

    private static boolean isOfOurs(Field root, Kind kind) {
        Field apiVersion = root.required("apiVersion", "write apiVersion: " + API_VERSION);
        String version = apiVersion == null ? null : apiVersion.text();
        if (apiVersion == null || version == null) {
            return false;
        }
        if (!version.equals(API_VERSION)) {
            apiVersion.refuse("must be " + API_VERSION + ", but is " + Words.value(version));
            return false;
        }
        root.allowMembers("a " + kind.id(), MEMBERS, List.of());
        return true;
    }
}
