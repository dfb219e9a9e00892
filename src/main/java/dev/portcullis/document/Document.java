package dev.portcullis.document;

import tools.jackson.databind.JsonNode;

/** One document of a text: its tree, where each value stands and what tag it bears. */
public record Document(JsonNode root, Positions positions) {}
