package dev.portcullis.app;

import org.jspecify.annotations.Nullable;

/** Whether what decides knows all that it has to know. */
@FunctionalInterface
interface Readiness {
    /** What is waited for; null once there is nothing. */
    @Nullable String waitingFor();

    /** What those are told who ask too early. */
    static String sentence(String awaited) {
        return "Portcullis is not ready: it waits for " + awaited;
    }
}
