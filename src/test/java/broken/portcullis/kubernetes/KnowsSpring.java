package broken.portcullis.kubernetes;

import org.springframework.core.env.Environment;

/** An adapter that needs the framework. */
public record KnowsSpring(Environment environment) {}
