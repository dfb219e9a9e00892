package dev.portcullis.workload;

/** A request that starts no container: what somebody asks an engine or an API server to do. */
public record Act(Subject subject, Requester requester, Deed deed) implements Matter {}
