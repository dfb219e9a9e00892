package dev.portcullis.engine;

/** Decides requests to a Docker engine. */
@FunctionalInterface
public interface EngineDecider {
    /** What becomes of a request. */
    EngineVerdict decide(EngineCall call);
}
