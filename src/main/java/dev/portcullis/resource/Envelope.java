package dev.portcullis.resource;

import dev.portcullis.check.Words;
import java.util.List;

/** What a resource says that it is. */
final class Envelope {
    private static final String API_VERSION = "portcullis.dev/v1alpha1";
    private static final String KIND = "HardeningPolicy";
    private static final String EXEMPTION = "HardeningExemption";
    private static final List<String> MEMBERS = List.of("apiVersion", "kind", "metadata", "spec");

    private Envelope() {}

    /** Whether a document is a policy; what is none is refused, as leaving it out would say that it counts. */
    static boolean isPolicy(Field root) {
        if (!root.isObject()) {
            return false;
        }
        Field kind = root.required("kind", "write kind: " + KIND);
        String written = kind == null ? null : kind.text();
        if (kind == null || written == null || !isPolicy(kind, written)) {
            return false;
        }
        Field apiVersion = root.required("apiVersion", "write apiVersion: " + API_VERSION);
        String version = apiVersion == null ? null : apiVersion.text();
        if (apiVersion == null || version == null) {
            return false;
        }
        if (!version.equals(API_VERSION)) {
            apiVersion.refuse("must be " + API_VERSION + ", but is " + Words.value(version));
            return false;
        }
        root.allowMembers("a " + KIND, MEMBERS, List.of());
        return true;
    }

    private static boolean isPolicy(Field kind, String written) {
        if (written.equals(KIND)) {
            return true;
        }
        if (written.equals(EXEMPTION)) {
            kind.refuse(EXEMPTION + " is not supported by this version: remove the document");
        } else {
            kind.refuse(Words.value(written) + " is no policy; "
                    + Field.hint(written, List.of(KIND), "keep other resources in files of their own"));
        }
        return false;
    }
}
