package dev.portcullis.inspection;

import dev.portcullis.kubernetes.Manifests;
import dev.portcullis.workload.Printable;
import dev.portcullis.workload.Subject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** What a deployment from Git has to say where the gate changes objects on their way: one entry of a list for each. */
abstract class GitOpsReport implements ReportWriter {
    private static final int LONGEST = 500;
    /** With which a name ends of which only the beginning is known: the rest is made when the object is. */
    private static final String GENERATED = "*";

    private final PrintWriter out;
    private final String list;
    private boolean empty = true;

    /**
     * A report.
     *
     * @param list the name of the list that the entries are of
     */
    GitOpsReport(PrintWriter out, String list) {
        this.out = out;
        this.list = list;
    }

    /** Whether there is something to say of an object. */
    abstract boolean concerns(Inspection.Judged judged);

    /** The entry for an object, in YAML, to stand in a list: its first line begins with {@code "- "}, others with two spaces. */
    abstract String entry(Inspection.Judged judged, String group, String name);

    @Override
    public void add(Inspection inspection) {
        switch (inspection) {
            case Inspection.Judged judged -> add(judged);
            case Inspection.Unreadable unreadable ->
                comment(SourceName.path(unreadable.source()) + ": " + unreadable.error());
            case Inspection.NoWorkload _ -> {
                // nothing the gate changes
            }
        }
    }

    private void add(Inspection.Judged judged) {
        Subject subject = judged.report().subject();
        String group = Manifests.groupOf(subject.kind());
        if (group == null || !concerns(judged)) {
            return;
        }
        if (subject.name() == null || subject.name().endsWith(GENERATED)) {
            comment(SourceName.path(judged.source()) + ": " + subject.display()
                    + " has no name by which it could be referred to");
            return;
        }
        if (empty) {
            out.print(list + ":\n");
            empty = false;
        }
        out.print(entry(judged, group, subject.name()));
    }

    private void comment(String text) {
        out.print("# " + Printable.text(text, LONGEST) + "\n");
    }

    @Override
    public void end(Tally tally) {
        if (empty) {
            out.print(list + ": []\n");
        }
        out.flush();
    }

    /** The members of a JSON Pointer, without those that lead to an item of a list of objects. */
    static List<String> withinObject(String pointer) {
        List<String> members = new ArrayList<>();
        for (String token : pointer.substring(1).split("/", -1)) {
            members.add(token.replace("~1", "/").replace("~0", "~"));
        }
        while (members.size() > 2 && members.getFirst().equals("items")) {
            members = members.subList(2, members.size());
        }
        return members;
    }

    /** These members as a JSON Pointer. */
    static String written(List<String> members) {
        StringBuilder pointer = new StringBuilder();
        for (String member : members) {
            pointer.append('/').append(member.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    static String yaml(Map<String, Object> object) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(false);
        return new Yaml(options).dump(object);
    }
}
