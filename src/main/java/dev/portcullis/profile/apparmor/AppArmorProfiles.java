package dev.portcullis.profile.apparmor;

import dev.portcullis.profile.ManifestText;
import dev.portcullis.profile.Needs;
import dev.portcullis.profile.ProfileException;
import dev.portcullis.profile.ProfileName;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** AppArmor profiles of one text, in one style: the same input gives the same output on every machine. */
public final class AppArmorProfiles {
    private final ProfileText writer;
    private final Style style;
    private final Mode mode;
    private final WorkloadDescription.Additions additions;
    private final List<Description> descriptions = new ArrayList<>();

    /**
     * Without a profile yet.
     *
     * @param readable globs of what may be read beyond what is said
     * @param writable globs of what may be written beyond what is said
     * @param executable globs of what alone may be executed, beyond what is said; none for all that cannot be written
     */
    public AppArmorProfiles(
            Style style, Mode mode, Abi abi, List<String> readable, List<String> writable, List<String> executable)
            throws ProfileException {
        this.writer = new ProfileText(style, mode, abi);
        this.style = style;
        this.mode = mode;
        this.additions = new WorkloadDescription.Additions(
                globs("--read", readable), globs("--write", writable), globs("--exec", executable));
    }

    private static List<PathPattern> globs(String option, List<String> texts) throws ProfileException {
        List<PathPattern> patterns = new ArrayList<>();
        for (String text : texts) {
            patterns.add(PathPattern.glob(option, text));
        }
        return patterns;
    }

    /** Adds the profile of a container. */
    public void add(ProfileName name, Needs needs) throws ProfileException {
        add(WorkloadDescription.of(name, needs, additions));
    }

    /**
     * Adds the profile that a description in bane's TOML asks for.
     *
     * @param source where it came from, as the user named it
     * @param name where the file's own is not to be taken
     */
    public void addBane(String source, byte[] toml, @Nullable ProfileName name) throws ProfileException {
        add(BaneFile.read(source, toml, name, additions));
    }

    private void add(Description description) throws ProfileException {
        for (Description other : descriptions) {
            if (other.name().equals(description.name())) {
                throw new ProfileException(
                        "the name " + other.name(), "is that of two profiles", "choose a container and give --name");
            }
        }
        descriptions.add(description);
    }

    /** All of them in one text that AppArmor's parser reads. */
    public String text() throws ProfileException {
        StringBuilder text = new StringBuilder();
        String file = descriptions.size() == 1 ? descriptions.getFirst().name().text() : "FILE";
        for (Description description : descriptions) {
            text.append(text.isEmpty() ? "" : "#\n").append(writer.header(description, file));
        }
        text.append('\n').append(writer.preamble());
        for (Description description : descriptions) {
            text.append(writer.profile(description));
        }
        return text.toString();
    }

    /**
     * Resources of the Security Profiles Operator.
     *
     * @throws ProfileException where the operator has no words for one
     */
    public String operator() throws ProfileException {
        if (style != Style.ALLOW_LIST) {
            throw new ProfileException(
                    "--style " + style, "is not what the Security Profiles Operator writes", "use allow-list");
        }
        StringBuilder text = new StringBuilder();
        for (Description description : descriptions) {
            text.append(text.isEmpty() ? "" : "---\n").append(new OperatorProfile(description, mode).yaml());
        }
        return text.toString();
    }

    /** All of them in a ConfigMap, for what installs them on nodes. */
    public String configMap() throws ProfileException {
        String name = descriptions.size() == 1 ? descriptions.getFirst().name().objectName() : "profiles";
        return ManifestText.configMap(
                List.of("An installer on every node loads these: see docs/profiles.md of Portcullis."),
                name + "-apparmor",
                "apparmor",
                files());
    }

    /** Each of them in a text of its own, by its name. */
    private NavigableMap<String, String> files() throws ProfileException {
        NavigableMap<String, String> files = new TreeMap<>();
        for (Description description : descriptions) {
            String name = description.name().text();
            files.put(name, writer.header(description, name) + "\n" + writer.preamble() + writer.profile(description));
        }
        return files;
    }
}
