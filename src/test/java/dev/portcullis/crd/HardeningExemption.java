package dev.portcullis.crd;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One workload's leave to fail certain checks. */
@Group("portcullis.dev")
@Version("v1alpha1")
@Plural("hardeningexemptions")
@ShortNames("hx")
@AdditionalPrinterColumn(name = "Namespace of", jsonPath = ".spec.subject.namespace")
@AdditionalPrinterColumn(name = "Kind", jsonPath = ".spec.subject.kind")
@AdditionalPrinterColumn(name = "Subject", jsonPath = ".spec.subject.name")
@AdditionalPrinterColumn(name = "Expires", jsonPath = ".spec.expiresAt")
@AdditionalPrinterColumn(name = "InForce", jsonPath = ".status.conditions[?(@.type==\"InForce\")].status")
@AdditionalPrinterColumn(name = "Used", jsonPath = ".status.conditions[?(@.type==\"Used\")].status")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
final class HardeningExemption extends CustomResource<ExemptionSpec, ResourceStatus> implements Namespaced {}
