package dev.portcullis.testing;

import dev.portcullis.admission.AdmissionEvents;
import dev.portcullis.admission.Route;
import dev.portcullis.kubernetes.AdmissionRequest;
import dev.portcullis.policy.Report;

/** Nobody wants to know what is decided. */
public final class SilentEvents implements AdmissionEvents {
    @Override
    public void decided(AdmissionRequest request, Report report) {}

    @Override
    public void refused(Route route) {}

    @Override
    public void unjudged() {}

    @Override
    public void patched(int operations) {}
}
