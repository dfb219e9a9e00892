package dev.portcullis.cel.functions;

import static dev.portcullis.cel.functions.Kind.BOOL;
import static dev.portcullis.cel.functions.Kind.CIDR;
import static dev.portcullis.cel.functions.Kind.INT;
import static dev.portcullis.cel.functions.Kind.IP;
import static dev.portcullis.cel.functions.Kind.STRING;

/** The library {@code kubernetes.net.cidr}. */
final class CidrFunctions {
    private CidrFunctions() {}

    static FunctionLibrary library() {
        return new Library()
                .function("cidr", "string_to_cidr", STRING, CIDR.type(), Cidr::parse)
                .function("isCIDR", "is_cidr", STRING, BOOL.type(), text -> Cidr.read(text) != null)
                .function("string", "cidr_to_string", CIDR, STRING.type(), Cidr::toString)
                .member(
                        "containsIP",
                        "cidr_contains_ip_string",
                        CIDR,
                        STRING,
                        BOOL.type(),
                        (cidr, text) -> cidr.contains(IpAddress.parse(text)))
                .member(
                        "containsIP",
                        "cidr_contains_ip_ip",
                        CIDR,
                        IP,
                        BOOL.type(),
                        (cidr, address) -> cidr.contains(address))
                .member(
                        "containsCIDR",
                        "cidr_contains_cidr_string",
                        CIDR,
                        STRING,
                        BOOL.type(),
                        (cidr, text) -> cidr.contains(Cidr.parse(text)))
                .member(
                        "containsCIDR",
                        "cidr_contains_cidr",
                        CIDR,
                        CIDR,
                        BOOL.type(),
                        (cidr, other) -> cidr.contains(other))
                .member("ip", "cidr_ip", CIDR, IP.type(), Cidr::address)
                .member("masked", "cidr_masked", CIDR, CIDR.type(), Cidr::masked)
                .member("prefixLength", "cidr_prefix_length", CIDR, INT.type(), cidr -> (long) cidr.length());
    }
}
