package dev.portcullis.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of values. */
final class Types {
    private static final TypeType LIST = TypeType.create(ListType.create(SimpleType.DYN));
    private static final TypeType MAP = TypeType.create(MapType.create(SimpleType.DYN, SimpleType.DYN));
    private static final TypeType OPTIONAL = TypeType.create(OptionalType.create(SimpleType.DYN));
    private static final TypeType TYPE = TypeType.create(SimpleType.DYN);

    private Types() {}

    /**
     * {@code type(x)}.
     *
     * @param checked names the type that the compiler knows, for values of other libraries
     */
    static Node of(Node operand, String checked) {
        return frame -> {
            frame.meter.step();
            return of(operand.value(frame), checked);
        };
    }

    private static TypeType of(Object value, String checked) {
        return switch (value) {
            case Boolean _ -> TypeType.create(SimpleType.BOOL);
            case Long _ -> TypeType.create(SimpleType.INT);
            case UnsignedLong _ -> TypeType.create(SimpleType.UINT);
            case Double _ -> TypeType.create(SimpleType.DOUBLE);
            case String _ -> TypeType.create(SimpleType.STRING);
            case CelByteString _ -> TypeType.create(SimpleType.BYTES);
            case NullValue _ -> TypeType.create(SimpleType.NULL_TYPE);
            case Moment _ -> TypeType.create(SimpleType.TIMESTAMP);
            case Duration _ -> TypeType.create(SimpleType.DURATION);
            case List<?> _ -> LIST;
            case Map<?, ?> _ -> MAP;
            case Optional<?> _ -> OPTIONAL;
            case TypeType _ -> TYPE;
            default -> TypeType.create(OpaqueType.create(checked));
        };
    }

    /** The name that {@code string(type)} has and by which types compare. */
    static String name(TypeType type) {
        CelType named = type.type();
        return switch (named.kind()) {
            case NULL_TYPE -> "null_type";
            case DYN, TYPE -> "type";
            default -> named.name();
        };
    }
}
