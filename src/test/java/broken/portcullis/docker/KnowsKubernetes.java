package broken.portcullis.docker;

import broken.portcullis.kubernetes.KnowsSpring;

/** One adapter in terms of another. */
record KnowsKubernetes(KnowsSpring other) {}
