package dev.portcullis.document;

import tools.jackson.databind.JsonNode;

/** One document of a text: its tree and where each value stands. */
public record Document(JsonNode root, Positions positions) {}
