package broken.portcullis.document;

import broken.portcullis.policy.Rule;

/** A reader of text that knows what it is read for. */
record KnowsPolicy(Rule rule) {}
