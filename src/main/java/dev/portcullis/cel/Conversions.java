package dev.portcullis.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions named like the types that they make. */
final class Conversions {
    private Conversions() {}

    static Map<String, Operation> operations() {
        Map<String, Operation> operations = new HashMap<>();
        operations.put("dyn/1", (in, meter) -> in[0]);
        operations.put("int/1", (in, meter) -> integer(in[0]));
        operations.put("uint/1", (in, meter) -> unsigned(in[0]));
        operations.put("double/1", (in, meter) -> decimal(in[0]));
        operations.put("bool/1", (in, meter) -> truth(in[0]));
        operations.put("string/1", (in, meter) -> meter.text(string(in[0])));
        operations.put("bytes/1", (in, meter) -> bytes(in[0], meter));
        operations.put("timestamp/1", (in, meter) -> timestamp(in[0]));
        operations.put("duration/1", (in, meter) -> duration(in[0]));
        operations.put("size/1", (in, meter) -> size(in[0], meter));
        return operations;
    }

    private static Object integer(Object value) throws CelEvaluationException {
        return switch (value) {
            case Long _ -> value;
            case UnsignedLong number when number.longValue() < 0 -> throw Arithmetic.overflow("integer");
            case UnsignedLong number -> number.longValue();
            case Double number -> Numbers.integer(number);
            case String text -> Numbers.integer(text);
            case Moment moment -> moment.instant().getEpochSecond();
            case Duration duration -> duration.toNanos();
            default -> throw Operation.noOverload("int");
        };
    }

    private static Object unsigned(Object value) throws CelEvaluationException {
        return switch (value) {
            case UnsignedLong _ -> value;
            case Long number when number < 0 -> throw Arithmetic.overflow("unsigned integer");
            case Long number -> UnsignedLong.valueOf(number);
            case Double number -> Numbers.unsigned(number);
            case String text -> Numbers.unsigned(text);
            default -> throw Operation.noOverload("uint");
        };
    }

    private static Object decimal(Object value) throws CelEvaluationException {
        return switch (value) {
            case Double _ -> value;
            case Long number -> (double) number;
            case UnsignedLong number -> number.doubleValue();
            case String text -> Numbers.decimal(text);
            default -> throw Operation.noOverload("double");
        };
    }

    private static Object truth(Object value) throws CelEvaluationException {
        return switch (value) {
            case Boolean _ -> value;
            case String text ->
                switch (text) {
                    case "1", "t", "T", "true", "TRUE", "True" -> true;
                    case "0", "f", "F", "false", "FALSE", "False" -> false;
                    default -> throw new CelEvaluationException("type conversion error from 'string' to 'bool'");
                };
            default -> throw Operation.noOverload("bool");
        };
    }

    static String string(Object value) throws CelEvaluationException {
        return switch (value) {
            case String text -> text;
            case Long number -> Long.toString(number);
            case UnsignedLong number -> number.toString();
            case Double number -> Numbers.text(number);
            case Boolean truth -> truth.toString();
            case Moment moment -> moment.toString();
            case Duration duration -> Times.text(duration);
            case TypeType type -> Types.name(type);
            case CelByteString bytes when bytes.isValidUtf8() -> bytes.toStringUtf8();
            case CelByteString _ ->
                throw new CelEvaluationException("invalid UTF-8 in bytes, cannot convert to string");
            default -> throw Operation.noOverload("string");
        };
    }

    private static Object bytes(Object value, Meter meter) throws CelEvaluationException {
        return switch (value) {
            case CelByteString _ -> value;
            case String text -> {
                Meter.checkTextLength(text.length());
                meter.chargeText(text.length());
                yield CelByteString.copyFromUtf8(text);
            }
            default -> throw Operation.noOverload("bytes");
        };
    }

    private static Object timestamp(Object value) throws CelEvaluationException {
        return switch (value) {
            case Moment _ -> value;
            case Long seconds -> Times.ofSeconds(seconds);
            case String text -> Times.timestamp(text);
            default -> throw Operation.noOverload("timestamp");
        };
    }

    private static Object duration(Object value) throws CelEvaluationException {
        return switch (value) {
            case Duration _ -> value;
            case Long nanos -> Duration.ofNanos(nanos);
            case String text -> Times.duration(text);
            default -> throw Operation.noOverload("duration");
        };
    }

    private static Object size(Object value, Meter meter) throws CelEvaluationException {
        return switch (value) {
            case String text -> {
                meter.chargeText(text.length());
                yield (long) text.codePointCount(0, text.length());
            }
            case List<?> list -> (long) list.size();
            case Map<?, ?> map -> (long) map.size();
            case CelByteString bytes -> (long) bytes.size();
            default -> throw Operation.noOverload("size");
        };
    }
}
