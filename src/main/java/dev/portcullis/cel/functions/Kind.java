package dev.portcullis.cel.functions;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;

/** A type of CEL with the class of its values. */
record Kind<T>(CelType type, Class<T> values) {
    static final Kind<String> STRING = new Kind<>(SimpleType.STRING, String.class);
    static final Kind<Boolean> BOOL = new Kind<>(SimpleType.BOOL, Boolean.class);
    static final Kind<Long> INT = new Kind<>(SimpleType.INT, Long.class);
    static final Kind<Double> DOUBLE = new Kind<>(SimpleType.DOUBLE, Double.class);
    static final Kind<Quantity> QUANTITY = opaque("kubernetes.Quantity", Quantity.class);
    static final Kind<Url> URL = opaque("kubernetes.URL", Url.class);
    static final Kind<IpAddress> IP = opaque("net.IP", IpAddress.class);
    static final Kind<Cidr> CIDR = opaque("net.CIDR", Cidr.class);
    static final Kind<NamedFormat> FORMAT = opaque("kubernetes.NamedFormat", NamedFormat.class);
    static final Kind<Semver> SEMVER = opaque("kubernetes.Semver", Semver.class);

    private static <T> Kind<T> opaque(String name, Class<T> values) {
        return new Kind<>(OpaqueType.create(name), values);
    }
}
