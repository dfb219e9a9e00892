package dev.portcullis.cli;

/** What profiles are printed as, by the names that users give. */
enum ProfileForm {
    text,
    operator,
    configmap
}
