package dev.portcullis.docker.run;

import java.util.List;

/** What flags say together, and what the client adds to it. */
final class Together {
    private Together() {}

    static void finish(Command command, Draft draft) throws RunLineException {
        draft.writeKeyed();
        HealthFlags.together(draft);
        NetworkFlags.together(draft);
        DeviceFlags.together(draft);
        refuseRestartOfRemoved(draft);
        streams(draft);
        draft.body().put("Image", command.image().text());
        if (!command.arguments().isEmpty()) {
            draft.body().set("Cmd", Draft.NODES.arrayNode());
            command.arguments()
                    .forEach(word -> draft.body().withArrayProperty("Cmd").add(word.text()));
        }
    }

    private static void refuseRestartOfRemoved(Draft draft) throws RunLineException {
        String policy = draft.body().at("/HostConfig/RestartPolicy/Name").stringValue("no");
        List<Given> removal = draft.origins().getOrDefault("/HostConfig/AutoRemove", List.of());
        boolean removed = draft.body().at("/HostConfig/AutoRemove").booleanValue(false);
        if (removed && !List.of("", "no").contains(policy)) {
            throw removal.getLast().refuse("conflicts with --restart", "leave out one of them");
        }
    }

    /** The input is open to a client that stays; output goes to it unless it leaves at once. */
    private static void streams(Draft draft) throws RunLineException {
        Given detached = draft.notedTrue("detach");
        boolean attached = draft.noted("attach") != null;
        if (detached != null && attached) {
            throw detached.refuse("conflicts with --attach", "leave out one of them");
        }
        if (detached == null && !attached) {
            draft.body().put("AttachStdout", true).put("AttachStderr", true);
        }
        Given interactive = draft.notedTrue("interactive");
        if (interactive != null) {
            draft.set("OpenStdin", Draft.NODES.booleanNode(true), interactive);
            if (detached == null) {
                draft.body().put("AttachStdin", true).put("StdinOnce", true);
            }
        }
    }
}
