package dev.portcullis.crd;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Which checks apply to what, each in a mode. */
@Group("portcullis.dev")
@Version("v1alpha1")
@Plural("hardeningpolicies")
@ShortNames("hp")
@AdditionalPrinterColumn(name = "Profile", jsonPath = ".spec.profile")
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.mode")
@AdditionalPrinterColumn(name = "Accepted", jsonPath = ".status.conditions[?(@.type==\"Accepted\")].status")
@AdditionalPrinterColumn(name = "InForce", jsonPath = ".status.conditions[?(@.type==\"InForce\")].status")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
final class HardeningPolicy extends CustomResource<PolicySpec, ResourceStatus> {}
