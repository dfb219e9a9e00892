package dev.portcullis.check;

/** By what a check judges. */
public record Criteria(Level level, KubernetesVersion version, Parameters parameters) {}
