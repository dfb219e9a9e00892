package dev.portcullis.resource;

public final class PolicyException extends Exception {
    private static final long serialVersionUID = 1L;
}
