package dev.portcullis.workload;

/** One stage of a multi-stage build. */
public record BuildStage(String name) {}
