package broken.portcullis.cli;

import broken.portcullis.app.Wiring;

/** A feature that reaches for the wiring. */
record KnowsApp(Wiring wiring) {}
