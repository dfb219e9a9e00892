package dev.portcullis.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. */
@FunctionalInterface
interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
}
