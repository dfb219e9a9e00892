package dev.portcullis.proxy;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;

/**
 * What all connections of a proxy share.
 *
 * @param engine the engine's socket
 * @param threads one for each task
 */
record Shared(
        ProxyGate gate,
        Path engine,
        ProxyLimits limits,
        HeldBytes held,
        Deadlines deadlines,
        ExecutorService threads) {}
