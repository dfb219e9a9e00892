package dev.portcullis.cel.functions;

import static dev.portcullis.cel.functions.Kind.BOOL;
import static dev.portcullis.cel.functions.Kind.INT;
import static dev.portcullis.cel.functions.Kind.SEMVER;
import static dev.portcullis.cel.functions.Kind.STRING;

/** The library {@code kubernetes.Semver}. */
final class SemverFunctions {
    private SemverFunctions() {}

    static FunctionLibrary library() {
        return new Library()
                .function("semver", "string_to_semver", STRING, SEMVER.type(), text -> Semver.parse(text, false))
                .function("semver", "string_bool_to_semver", STRING, BOOL, SEMVER.type(), Semver::parse)
                .function("isSemver", "is_semver_string", STRING, BOOL.type(), text -> Semver.read(text, false) != null)
                .function(
                        "isSemver",
                        "is_semver_string_bool",
                        STRING,
                        BOOL,
                        BOOL.type(),
                        (text, normalize) -> Semver.read(text, normalize) != null)
                .member("major", "semver_major", SEMVER, INT.type(), Semver::major)
                .member("minor", "semver_minor", SEMVER, INT.type(), Semver::minor)
                .member("patch", "semver_patch", SEMVER, INT.type(), Semver::patch)
                .member(
                        "isGreaterThan",
                        "semver_is_greater_than",
                        SEMVER,
                        SEMVER,
                        BOOL.type(),
                        (a, b) -> a.compareTo(b) > 0)
                .member("isLessThan", "semver_is_less_than", SEMVER, SEMVER, BOOL.type(), (a, b) -> a.compareTo(b) < 0)
                .member("compareTo", "semver_compare_to", SEMVER, SEMVER, INT.type(), (a, b) ->
                        (long) Integer.signum(a.compareTo(b)));
    }
}
