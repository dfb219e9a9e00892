package dev.portcullis.profile.apparmor;

import dev.portcullis.check.Words;
import dev.portcullis.profile.Capabilities;
import dev.portcullis.profile.ProfileException;
import dev.portcullis.profile.ProfileName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads the TOML that bane took, as it is: keys in any case, unknown ones refused. */
final class BaneFile {
    private static final TomlMapper TOML = new TomlMapper();

    private static final Pattern INCLUDE =
            Pattern.compile("#?include\\s+(?:if exists\\s+)?<([A-Za-z0-9][A-Za-z0-9._/-]*)>,?");

    /** What AppArmor brings along; anything else, {@code local/} before all, is another file on each host, with any rule in it. */
    private static final Pattern BROUGHT = Pattern.compile("(?:abstractions|tunables)/[A-Za-z0-9].*");

    private static final Set<String> PROTOCOLS = Set.of("icmp", "sctp", "tcp", "udp");

    /** Where the file does not say. */
    private static final Set<String> USUAL_PROTOCOLS = Set.of("icmp", "tcp", "udp");

    private static final Map<String, List<String>> KEYS = Map.of(
            "", List.of("Name", "Filesystem", "Capabilities", "Network", "Imports", "InnerImports"),
            "Filesystem", List.of("ReadOnlyPaths", "LogOnWritePaths", "WritablePaths", "AllowExec", "DenyExec"),
            "Capabilities", List.of("Allow", "Deny"),
            "Network", List.of("Raw", "Packet", "Protocols"));

    private final String source;
    private final JsonNode root;
    private final WorkloadDescription.Additions additions;

    private BaneFile(String source, JsonNode root, WorkloadDescription.Additions additions) {
        this.source = source;
        this.root = root;
        this.additions = additions;
    }

    /**
     * Reads one.
     *
     * @param source where it came from, as the user named it
     * @param name the profile's name where the user gave one
     * @param additions what the user allows beyond what the file does
     */
    static Description read(
            String source, byte[] toml, @Nullable ProfileName name, WorkloadDescription.Additions additions)
            throws ProfileException {
        return new BaneFile(source, parse(source, toml), additions).description(name);
    }

    private static JsonNode parse(String source, byte[] toml) throws ProfileException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(toml))
                    .toString();
            return TOML.readTree(text);
        } catch (CharacterCodingException broken) {
            throw new ProfileException(source, "is no UTF-8", "save it as UTF-8");
        } catch (JacksonException wrong) {
            TokenStreamLocation place = wrong.getLocation();
            String where = place == null || place.getLineNr() < 0
                    ? source
                    : source + ", line " + place.getLineNr() + ", column " + place.getColumnNr() + ",";
            throw new ProfileException(
                    where, "is not TOML (" + wrong.getOriginalMessage() + ")", "correct the text there");
        }
    }

    private Description description(@Nullable ProfileName given) throws ProfileException {
        checkKeys("", root);
        for (String table : List.of("Filesystem", "Capabilities", "Network")) {
            JsonNode node = member(root, table);
            if (node != null) {
                checkKeys(table, node);
            }
        }
        List<PathPattern> readOnly = paths("ReadOnlyPaths");
        List<PathPattern> writable = paths("WritablePaths");
        List<Description.Place> places = new ArrayList<>();
        writable.forEach(pattern -> places.add(new Description.Place(pattern, "")));
        additions.writable().forEach(pattern -> places.add(new Description.Place(pattern, "by --write")));
        List<PathPattern> executable = paths("AllowExec");
        executable.addAll(additions.executable());
        for (PathPattern pattern : writable) {
            if (pattern.literal().startsWith("/proc/") || pattern.text().startsWith("@{PROC}")) {
                throw new ProfileException(
                        at("Filesystem.WritablePaths"),
                        "names " + Words.value(pattern.text()) + ", one of the kernel's own files",
                        "take it out: a container may write there what its own processes need");
            }
        }
        return new Description(
                given == null ? name() : given,
                List.of("Made from bane's description " + Words.value(source) + "."),
                includes(),
                additions.readable(),
                readOnly,
                new Description.Writable(false, false, places),
                paths("LogOnWritePaths"),
                executable,
                paths("DenyExec"),
                capabilities(),
                network(),
                false,
                List.of());
    }

    /** With the prefix that bane gives it. */
    private ProfileName name() throws ProfileException {
        JsonNode name = member(root, "Name");
        if (name == null || !name.isString() || name.stringValue().isEmpty()) {
            throw new ProfileException(at("Name"), "is not set", "write Name = \"web\", or give --name");
        }
        String text = name.stringValue();
        return ProfileName.of(at("Name"), text.startsWith("docker-") ? text : "docker-" + text);
    }

    /** bane let whole lines through here, any rule among them. */
    private List<String> includes() throws ProfileException {
        List<String> files = new ArrayList<>();
        for (String key : List.of("Imports", "InnerImports")) {
            for (String line : texts(root, "", key)) {
                Matcher include = INCLUDE.matcher(line.strip());
                if (!include.matches() || include.group(1).contains("..")) {
                    throw new ProfileException(
                            at(key),
                            "has " + Words.value(line) + ", which is no include",
                            "write include <abstractions/NAME>, and rules in Filesystem, Capabilities and Network");
                }
                if (!BROUGHT.matcher(include.group(1)).matches()) {
                    throw new ProfileException(
                            at(key),
                            "includes " + Words.value(include.group(1))
                                    + ", which may hold any rule, and another on each host",
                            "include <abstractions/NAME>, and write rules in Filesystem, Capabilities and Network");
                }
                if (!include.group(1).startsWith("tunables/")) {
                    files.add(include.group(1));
                }
            }
        }
        return files;
    }

    /** Without a word none is allowed; only denied ones are taken from those that engines give. */
    private Capabilities capabilities() throws ProfileException {
        JsonNode table = member(root, "Capabilities");
        List<String> denied = names(table, "Deny");
        List<String> allowed = names(table, "Allow");
        for (String name : allowed) {
            if (denied.contains(name)) {
                throw new ProfileException(at("Capabilities"), "allows and denies " + name, "keep one of them");
            }
        }
        if (!denied.isEmpty() && allowed.isEmpty()) {
            NavigableSet<String> left = new TreeSet<>(Capabilities.DEFAULT);
            denied.forEach(left::remove);
            return Capabilities.of(left);
        }
        return Capabilities.of(allowed);
    }

    private List<String> names(@Nullable JsonNode table, String key) throws ProfileException {
        List<String> names = new ArrayList<>();
        for (String text : texts(table, "Capabilities", key)) {
            names.add(Capabilities.name(at("Capabilities." + key), text));
        }
        return names;
    }

    private Network network() throws ProfileException {
        JsonNode table = member(root, "Network");
        NavigableSet<String> protocols = new TreeSet<>();
        for (String text : texts(table, "Network", "Protocols")) {
            String protocol = text.toLowerCase(Locale.ROOT);
            if (!PROTOCOLS.contains(protocol)) {
                throw new ProfileException(
                        at("Network.Protocols"),
                        "names " + Words.value(text),
                        "use " + String.join(", ", new TreeSet<>(PROTOCOLS)));
            }
            protocols.add(protocol);
        }
        return new Network(
                protocols.isEmpty() ? new TreeSet<>(USUAL_PROTOCOLS) : protocols,
                flag(table, "Raw"),
                flag(table, "Packet"));
    }

    private boolean flag(@Nullable JsonNode table, String key) throws ProfileException {
        JsonNode flag = table == null ? null : member(table, key);
        if (flag != null && !flag.isBoolean()) {
            throw new ProfileException(
                    at("Network." + key), "is " + Words.value(flag.toString()), "write true or false");
        }
        return flag != null && flag.booleanValue();
    }

    private List<PathPattern> paths(String key) throws ProfileException {
        List<PathPattern> paths = new ArrayList<>();
        for (String text : texts(member(root, "Filesystem"), "Filesystem", key)) {
            paths.add(PathPattern.glob(at("Filesystem." + key), text));
        }
        return paths;
    }

    private List<String> texts(@Nullable JsonNode table, String name, String key) throws ProfileException {
        JsonNode list = table == null ? null : member(table, key);
        List<String> texts = new ArrayList<>();
        if (list == null) {
            return texts;
        }
        String place = at(name.isEmpty() ? key : name + "." + key);
        if (!list.isArray()) {
            throw new ProfileException(place, "is no list", "write " + key + " = [\"…\"]");
        }
        for (JsonNode text : list) {
            if (!text.isString()) {
                throw new ProfileException(place, "holds " + Words.value(text.toString()), "write texts, in quotes");
            }
            texts.add(text.stringValue());
        }
        return texts;
    }

    private void checkKeys(String table, JsonNode node) throws ProfileException {
        List<String> known = KEYS.getOrDefault(table, List.of());
        if (!node.isObject()) {
            throw new ProfileException(at(table), "is no table", "write [" + table + "]");
        }
        for (String key : node.propertyNames()) {
            if (known.stream().noneMatch(key::equalsIgnoreCase)) {
                throw new ProfileException(
                        at(table.isEmpty() ? key : table + "." + key),
                        "is no key of bane's",
                        "use " + String.join(", ", known));
            }
        }
    }

    /** As bane finds them: the exact key, else one that differs by case alone. */
    private static @Nullable JsonNode member(JsonNode table, String key) {
        JsonNode exact = table.get(key);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, JsonNode> member : table.properties()) {
            if (member.getKey().equalsIgnoreCase(key)) {
                return member.getValue();
            }
        }
        return null;
    }

    private String at(String key) {
        return source + ": " + key;
    }
}
