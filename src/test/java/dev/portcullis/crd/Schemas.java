package dev.portcullis.crd;

import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What annotations cannot say. A field that the schema does not know is kept, so that the gate sees it and refuses it with
 * its nearest spelling; the API server alone would drop it in silence.
 */
final class Schemas implements CRDPostProcessor {
    private static final List<String> COLUMNS = List.of(
            "Profile", "Mode", "Namespace of", "Kind", "Subject", "Expires", "Accepted", "InForce", "Used", "Age");
    private static final long MOST_CHECKS = 200;
    private static final long MOST_LABELS = 64;

    @Override
    public HasMetadata process(HasMetadata resource, String version) {
        CustomResourceDefinition definition = (CustomResourceDefinition) resource;
        for (CustomResourceDefinitionVersion one : definition.getSpec().getVersions()) {
            one.getAdditionalPrinterColumns()
                    .sort(Comparator.comparingInt(column -> COLUMNS.indexOf(column.getName())));
            JSONSchemaProps root = one.getSchema().getOpenAPIV3Schema();
            root.setRequired(List.of("spec"));
            complete(property(root, "spec"));
            conditions(property(root, "status"));
        }
        return definition;
    }

    private static void conditions(JSONSchemaProps status) {
        JSONSchemaProps conditions = property(status, "conditions");
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        property(conditions.getItems().getSchema(), "lastTransitionTime").setFormat("date-time");
    }

    private static JSONSchemaProps property(JSONSchemaProps schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name), name);
    }

    private static void complete(JSONSchemaProps schema) {
        if (schema.getProperties() != null && !schema.getProperties().isEmpty()) {
            schema.setXKubernetesPreserveUnknownFields(true);
            schema.getProperties().replaceAll(Schemas::member);
        }
        if (schema.getItems() != null) {
            complete(schema.getItems().getSchema());
        }
        if (schema.getAdditionalProperties() != null) {
            complete(schema.getAdditionalProperties().getSchema());
        }
    }

    private static JSONSchemaProps member(String name, JSONSchemaProps member) {
        complete(member);
        switch (name) {
            case "checks" -> {
                if (member.getAdditionalProperties() != null) {
                    member.setMaxProperties(MOST_CHECKS);
                }
            }
            case "matchLabels" -> member.setMaxProperties(MOST_LABELS);
            case "expiresAt" -> member.setFormat("date-time");
            case "value" -> {
                return anything(member);
            }
            case "fix" -> {
                if (member.getProperties() == null || member.getProperties().isEmpty()) {
                    return "boolean".equals(member.getType()) ? member : anything(member);
                }
            }
            case "params", "parameters" -> {
                member.setType("object");
                member.setXKubernetesPreserveUnknownFields(true);
            }
            default -> {
                // annotations said it all
            }
        }
        return member;
    }

    private static JSONSchemaProps anything(JSONSchemaProps member) {
        return new JSONSchemaPropsBuilder()
                .withDescription(member.getDescription())
                .withXKubernetesPreserveUnknownFields(true)
                .build();
    }
}
