package dev.portcullis.profile;

import java.util.LinkedHashMap;
import java.util.Map;

/** Resources of the Security Profiles Operator, version 1 of its API. */
public final class Operator {
    private static final String API_VERSION = "security-profiles-operator.x-k8s.io/v1";

    private Operator() {}

    /** A resource, which has no namespace. */
    public static Map<String, Object> resource(String kind, ProfileName name, Map<String, Object> spec) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("apiVersion", API_VERSION);
        resource.put("kind", kind);
        resource.put("metadata", Map.of("name", name.objectName()));
        resource.put("spec", spec);
        return resource;
    }
}
