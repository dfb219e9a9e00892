package dev.portcullis.testing;

import dev.portcullis.admission.AdmissionEvents;
import dev.portcullis.admission.Decided;
import dev.portcullis.admission.Refused;

/** Nobody wants to know what is decided. */
public final class SilentEvents implements AdmissionEvents {
    @Override
    public void decided(Decided decided) {}

    @Override
    public void refused(Refused refused) {}

    @Override
    public void unjudged() {}

    @Override
    public void patched(int operations) {}
}
