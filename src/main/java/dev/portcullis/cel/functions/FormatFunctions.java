package dev.portcullis.cel.functions;

import static dev.portcullis.cel.functions.Kind.FORMAT;
import static dev.portcullis.cel.functions.Kind.STRING;

import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;

/** The library {@code kubernetes.format}. */
final class FormatFunctions {
    private FormatFunctions() {}

    static FunctionLibrary library() {
        Library library = new Library()
                .function(
                        "format.named", "format-named", STRING, OptionalType.create(FORMAT.type()), NamedFormat::named)
                .member(
                        "validate",
                        "format-validate",
                        FORMAT,
                        STRING,
                        OptionalType.create(ListType.create(STRING.type())),
                        NamedFormat::validate);
        for (NamedFormat format : NamedFormat.values()) {
            String function = "format." + format;
            library.constant(function, function, FORMAT.type(), _ -> format);
        }
        return library;
    }
}
