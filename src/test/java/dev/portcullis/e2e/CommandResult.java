package dev.portcullis.e2e;

/** What a command that has ended said. */
record CommandResult(int exitCode, String stdout, String stderr) {}
