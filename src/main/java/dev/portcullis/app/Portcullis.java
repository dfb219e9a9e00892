package dev.portcullis.app;

/** The program's entry point. */
public final class Portcullis {
    private Portcullis() {}

    /** Runs one command. */
    public static void main(String[] args) {
        System.out.println("portcullis");
    }
}
