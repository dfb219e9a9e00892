package dev.portcullis.resource;

import dev.portcullis.check.Words;
import dev.portcullis.document.Document;
import dev.portcullis.document.UnreadableException;
import dev.portcullis.document.Yaml;
import dev.portcullis.workload.Printable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads files that are a {@code PolicyTest}, and tells everything that is wrong with them. */
public final class PolicyTestReader {
    private static final String KIND = "PolicyTest";
    private static final List<String> MEMBERS = List.of("apiVersion", "kind", "policies", "namespaces", "now", "cases");
    private static final List<String> OF_CASE = List.of("name", "resource", "request", "expect");
    private static final int MOST_DOCUMENTS = 1_000;
    private static final int LONGEST_PATH = 4_096;

    private final String source;
    private final Problems problems = new Problems();

    private PolicyTestReader(String source) {
        this.source = source;
    }

    /**
     * The test in a file.
     *
     * @param source the file, as it was named
     * @return empty where the file is no test and does not look as if it were to be one
     * @throws PolicyException where it is to be one, and something is wrong with it
     */
    public static Optional<PolicyTestFile> read(String source, byte[] text) throws PolicyException {
        PolicyTestReader reader = new PolicyTestReader(Printable.text(source, LONGEST_PATH));
        Optional<PolicyTestFile> test = reader.read(text);
        reader.problems.sortSince(0);
        reader.problems.throwIfAny();
        return test;
    }

    private Optional<PolicyTestFile> read(byte[] text) {
        boolean mentioned = new String(text, StandardCharsets.ISO_8859_1).contains(KIND);
        List<Document> documents = new ArrayList<>();
        try {
            for (Yaml.Result result : Yaml.readEach(text, MOST_DOCUMENTS)) {
                switch (result) {
                    case Yaml.Read read -> documents.add(read.document());
                    case Yaml.Unread unread when mentioned -> problems.add(source, unread.error());
                    case Yaml.Unread _ -> {
                        // another file that is no test
                    }
                }
            }
        } catch (UnreadableException unreadable) {
            if (mentioned) {
                problems.add(source, unreadable);
            }
        }
        Document test = documents.stream()
                .filter(document -> isMeantAsTest(document.root()))
                .findFirst()
                .orElse(null);
        if (test == null) {
            return Optional.empty();
        }
        Field root = Field.root(test, source, problems);
        if (documents.size() > 1) {
            root.refuse("there are other documents in the file: keep a test in a file of its own");
        }
        return Optional.ofNullable(read(root));
    }

    private static boolean isMeantAsTest(JsonNode root) {
        String kind = root.path("kind").stringValue("");
        if (kind.equals(KIND) || (root.has("policies") && root.has("cases"))) {
            return true;
        }
        String apiVersion = root.path("apiVersion").stringValue("");
        return Spelling.nearest(kind, List.of(KIND)).isPresent()
                && Spelling.nearest(apiVersion, List.of(Envelope.API_VERSION)).isPresent();
    }

    private @Nullable PolicyTestFile read(Field root) {
        if (!requireText(root, "kind", KIND) || !requireText(root, "apiVersion", Envelope.API_VERSION)) {
            return null;
        }
        root.allowMembers("a " + KIND, MEMBERS, List.of());
        List<PolicyTestFile.FileName> policies =
                fileNames(root.required("policies", "list files or folders of policies, such as [../policies]"));
        List<PolicyTestFile.Source> namespaces = namespaces(root.member("namespaces"));
        Field now = root.member("now");
        Instant moment = now == null ? null : Moment.read(now);
        List<PolicyTestFile.Case> cases = cases(root.required("cases", "list at least one"));
        return problems.count() == 0 ? new PolicyTestFile(policies, namespaces, moment, cases) : null;
    }

    private static boolean requireText(Field root, String member, String wanted) {
        Field field = root.required(member, "write " + member + ": " + wanted);
        String written = field == null ? null : field.text();
        if (field != null && written != null && !written.equals(wanted)) {
            field.refuse(
                    Words.value(written) + " is not known; " + Field.hint(written, List.of(wanted), "write " + wanted));
        }
        return wanted.equals(written);
    }

    private static List<Field> elements(@Nullable Field list) {
        if (list != null && list.isEmptyList()) {
            list.refuse("names nothing: list at least one");
        }
        return list == null ? List.of() : list.elements();
    }

    private static List<PolicyTestFile.FileName> fileNames(@Nullable Field list) {
        List<PolicyTestFile.FileName> names = new ArrayList<>();
        for (Field element : elements(list)) {
            PolicyTestFile.FileName name = fileName(element);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private static PolicyTestFile.@Nullable FileName fileName(Field field) {
        String path = field.text();
        if (path != null && (path.isBlank() || path.indexOf('\0') >= 0)) {
            field.refuse("names no file");
            return null;
        }
        return path == null ? null : new PolicyTestFile.FileName(path, field.position());
    }

    private static List<PolicyTestFile.Source> namespaces(@Nullable Field list) {
        List<PolicyTestFile.Source> sources = new ArrayList<>();
        for (Field element : elements(list)) {
            if (element.asText() != null) {
                PolicyTestFile.FileName name = fileName(element);
                if (name != null) {
                    sources.add(name);
                }
            } else if ("Namespace".equals(element.node().path("kind").stringValue(""))) {
                sources.add(new PolicyTestFile.Inline(element.node()));
            } else {
                element.refuseType("a file, or an object of kind Namespace");
            }
        }
        return sources;
    }

    private List<PolicyTestFile.Case> cases(@Nullable Field list) {
        List<PolicyTestFile.Case> cases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Field element : elements(list)) {
            if (element.isObject()) {
                PolicyTestFile.Case read = readCase(element, names);
                if (read != null) {
                    cases.add(read);
                }
            }
        }
        return cases;
    }

    private static PolicyTestFile.@Nullable Case readCase(Field field, Set<String> names) {
        field.allowMembers("a case", OF_CASE, List.of());
        Field nameField = field.required("name", "say in a few words what should happen");
        String name = nameField == null ? null : nameField.text();
        if (nameField != null && name != null && (name.isBlank() || !names.add(name))) {
            nameField.refuse("another case has this name, or it is blank: choose another");
        }
        PolicyTestFile.Resource resource =
                resource(field.required("resource", "name a file, or write the object to be judged"));
        Field request = field.member("request");
        PolicyTestFile.Request asked = request == null || !request.isObject() ? null : request(request);
        Field expect = field.required("expect", "say what should happen, such as {decision: deny}");
        PolicyTestFile.Expectation expectation =
                expect == null || !expect.isObject() ? null : ExpectationReader.read(expect);
        return name == null || resource == null || expectation == null
                ? null
                : new PolicyTestFile.Case(name, field.position(), resource, asked, expectation);
    }

    /** A text names a file, an object with {@code file} one of several in it; any other object is judged itself. */
    private static PolicyTestFile.@Nullable Resource resource(@Nullable Field field) {
        if (field == null) {
            return null;
        }
        if (field.asText() != null) {
            PolicyTestFile.FileName name = fileName(field);
            return name == null ? null : new PolicyTestFile.Resource(name, null, null, null);
        }
        if (!field.isObject()) {
            return null;
        }
        Field file = field.member("file");
        if (file == null) {
            return new PolicyTestFile.Resource(new PolicyTestFile.Inline(field.node()), null, null, null);
        }
        field.allowMembers("a resource in a file", List.of("file", "kind", "namespace", "name"), List.of());
        PolicyTestFile.FileName name = fileName(file);
        return name == null
                ? null
                : new PolicyTestFile.Resource(name, text(field, "kind"), text(field, "namespace"), text(field, "name"));
    }

    private static @Nullable String text(Field owner, String member) {
        Field field = owner.member(member);
        return field == null ? null : field.text();
    }

    private static PolicyTestFile.Request request(Field request) {
        request.allowMembers("a request", List.of("operation", "userInfo", "oldObject"), List.of());
        Field operation = request.member("operation");
        PolicyTestFile.Operation chosen = operation == null ? null : operation.choice(Choices.OPERATIONS);
        PolicyTestFile.Resource before =
                request.member("oldObject") == null ? null : resource(request.member("oldObject"));
        boolean update = chosen == PolicyTestFile.Operation.UPDATE;
        if (update != request.node().has("oldObject")) {
            request.refuse(
                    update
                            ? "oldObject is missing: say what the object was before"
                            : "only an UPDATE has an oldObject: write operation: UPDATE, or remove it");
        }
        Field userInfo = request.member("userInfo");
        List<String> groups = List.of();
        String username = null;
        if (userInfo != null && userInfo.isObject()) {
            userInfo.allowMembers("userInfo", List.of("username", "groups"), List.of());
            username = text(userInfo, "username");
            Field list = userInfo.member("groups");
            groups = list == null ? List.of() : ParameterValues.strings(list);
        }
        return new PolicyTestFile.Request(
                chosen == null ? PolicyTestFile.Operation.CREATE : chosen,
                username == null ? "" : username,
                groups,
                before);
    }
}
