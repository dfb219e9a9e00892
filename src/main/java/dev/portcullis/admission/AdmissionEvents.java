package dev.portcullis.admission;

/** Who wants to know what is decided. Called on the way of a request: it must not block. */
public interface AdmissionEvents {
    /** A request was judged. */
    void decided(Decided decided);

    /** A request could not be judged. */
    void refused(Refused refused);

    /** A request concerns nothing that is judged. */
    void unjudged();

    /** A pod was patched with so many operations, perhaps none. */
    void patched(int operations);
}
