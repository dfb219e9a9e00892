package dev.portcullis.cel.functions;

import static dev.portcullis.cel.functions.Kind.BOOL;
import static dev.portcullis.cel.functions.Kind.DOUBLE;
import static dev.portcullis.cel.functions.Kind.INT;
import static dev.portcullis.cel.functions.Kind.QUANTITY;
import static dev.portcullis.cel.functions.Kind.STRING;

/** The library {@code kubernetes.quantity}. */
final class QuantityFunctions {
    private QuantityFunctions() {}

    static FunctionLibrary library() {
        return new Library()
                .function("quantity", "string_to_quantity", STRING, QUANTITY.type(), Quantity::parse)
                .function("isQuantity", "is_quantity_string", STRING, BOOL.type(), QuantityText::isValid)
                .function("sign", "quantity_sign", QUANTITY, INT.type(), Quantity::sign)
                .member("isInteger", "quantity_is_integer", QUANTITY, BOOL.type(), Quantity::isInteger)
                .member("asInteger", "quantity_get_int", QUANTITY, INT.type(), Quantity::asInteger)
                .member(
                        "asApproximateFloat",
                        "quantity_get_float",
                        QUANTITY,
                        DOUBLE.type(),
                        Quantity::asApproximateFloat)
                .member("add", "quantity_add", QUANTITY, QUANTITY, QUANTITY.type(), Quantity::plus)
                .member("add", "quantity_add_int", QUANTITY, INT, QUANTITY.type(), (a, b) -> a.plus(Quantity.of(b)))
                .member("sub", "quantity_sub", QUANTITY, QUANTITY, QUANTITY.type(), Quantity::minus)
                .member("sub", "quantity_sub_int", QUANTITY, INT, QUANTITY.type(), (a, b) -> a.minus(Quantity.of(b)))
                .member(
                        "isGreaterThan",
                        "quantity_is_greater_than",
                        QUANTITY,
                        QUANTITY,
                        BOOL.type(),
                        (a, b) -> a.compareTo(b) > 0)
                .member(
                        "isLessThan",
                        "quantity_is_less_than",
                        QUANTITY,
                        QUANTITY,
                        BOOL.type(),
                        (a, b) -> a.compareTo(b) < 0)
                .member("compareTo", "quantity_compare_to", QUANTITY, QUANTITY, INT.type(), (a, b) ->
                        (long) a.compareTo(b));
    }
}
