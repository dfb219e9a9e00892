package dev.portcullis.workload;

/**
 * SELinux options as declared.
 *
 * @param type the type, empty where not said
 * @param user the user, empty where not said
 * @param role the role, empty where not said
 * @param disabled separation switched off (Docker's {@code label=disable})
 */
public record SelinuxOptions(String type, String user, String role, boolean disabled) {}
