package dev.portcullis.cel.functions;

import static dev.portcullis.cel.functions.Kind.BOOL;
import static dev.portcullis.cel.functions.Kind.INT;
import static dev.portcullis.cel.functions.Kind.IP;
import static dev.portcullis.cel.functions.Kind.STRING;

/** The library {@code kubernetes.net.ip}. */
final class IpFunctions {
    private IpFunctions() {}

    static FunctionLibrary library() {
        return new Library()
                .function("ip", "string_to_ip", STRING, IP.type(), IpAddress::parse)
                .function("isIP", "is_ip", STRING, BOOL.type(), text -> IpAddress.read(text) != null)
                .function("ip.isCanonical", "ip_is_canonical", STRING, BOOL.type(), IpFunctions::isCanonical)
                .function("string", "ip_to_string", IP, STRING.type(), IpAddress::toString)
                .member("family", "ip_family", IP, INT.type(), IpAddress::family)
                .member("isUnspecified", "ip_is_unspecified", IP, BOOL.type(), IpAddress::isUnspecified)
                .member("isLoopback", "ip_is_loopback", IP, BOOL.type(), IpAddress::isLoopback)
                .member(
                        "isLinkLocalMulticast",
                        "ip_is_link_local_multicast",
                        IP,
                        BOOL.type(),
                        IpAddress::isLinkLocalMulticast)
                .member(
                        "isLinkLocalUnicast",
                        "ip_is_link_local_unicast",
                        IP,
                        BOOL.type(),
                        IpAddress::isLinkLocalUnicast)
                .member("isGlobalUnicast", "ip_is_global_unicast", IP, BOOL.type(), IpAddress::isGlobalUnicast);
    }

    private static boolean isCanonical(String text) {
        return IpAddress.parse(text).toString().equals(text);
    }
}
