package dev.portcullis.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this process is called, among others of its kind. */
final class Instance {
    private Instance() {}

    /** Its pod's name; elsewhere the machine's with the number of the process, since a machine may have several. */
    static String name() {
        boolean inPod = System.getenv("KUBERNETES_SERVICE_HOST") != null;
        return inPod ? machine() : machine() + "/" + ProcessHandle.current().pid();
    }

    /** The machine's name, which in a pod is the pod's. */
    static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "gate";
        }
    }
}
