package dev.portcullis.resource;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Words;
import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.Rule;
import dev.portcullis.workload.Platform;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code spec} of an exemption, everything in it, so that all that is wrong is told at once. */
final class ExemptionReader {
    private static final List<String> MEMBERS = List.of("subject", "checks", "owner", "reason", "expiresAt");
    private static final List<String> OF_SUBJECT = List.of("platform", "namespace", "kind", "name", "containers");
    private static final List<String> IDS =
            Catalogue.all().stream().map(check -> check.info().id()).toList();
    private static final int LONGEST_TEXT = 1_000;

    private final Problems problems;

    ExemptionReader(Problems problems) {
        this.problems = problems;
    }

    /** The exemption; null when there are problems, which are told. */
    @Nullable Exemption read(ResourceNames.Name name, Field spec) {
        int before = problems.count();
        spec.allowMembers("spec", MEMBERS, List.of());
        Field subject = spec.required("subject", "name the workload: {namespace: shop, kind: Deployment, name: web}");
        Exemption.Holder holder = subject == null || !subject.isObject() ? null : holder(subject);
        Field list = spec.required("checks", "name those that it may fail");
        Set<String> checks = list == null ? Set.of() : checks(list);
        String owner = text(spec.required("owner", "say who answers for it"));
        String reason = text(spec.required("reason", "say why it is needed"));
        Instant expiresAt = Moment.read(spec.required("expiresAt", "say when it ends, such as 2027-03-01T00:00:00Z"));
        if (problems.count() > before || holder == null || owner == null || reason == null || expiresAt == null) {
            return null;
        }
        return new Exemption(name.namespace(), name.name(), holder, checks, owner, reason, expiresAt);
    }

    private static Exemption.@Nullable Holder holder(Field subject) {
        subject.allowMembers("subject", OF_SUBJECT, List.of());
        Field written = subject.member("platform");
        Platform chosen = written == null ? Platform.KUBERNETES : written.choice(Choices.PLATFORMS);
        Platform platform = chosen == null ? Platform.KUBERNETES : chosen;
        String namespace = namespace(subject, platform);
        String kind = kind(subject.required("kind", "write the kind of the workload, such as Deployment"), platform);
        String name = name(subject.required("name", "write the name of the workload in full"), platform);
        Set<String> containers = containers(subject.member("containers"));
        return kind == null || name == null ? null : new Exemption.Holder(platform, namespace, kind, name, containers);
    }

    private static @Nullable String namespace(Field subject, Platform platform) {
        if (platform == Platform.KUBERNETES) {
            Field field = subject.required("namespace", "write the namespace of the workload");
            return field == null ? null : NamespaceName.read(field);
        }
        Field field = subject.member("namespace");
        if (field != null) {
            field.refuseMember("Docker has no namespaces: remove it");
        }
        return null;
    }

    private static @Nullable String kind(@Nullable Field field, Platform platform) {
        List<String> known = platform == Platform.KUBERNETES ? Kinds.OF_KUBERNETES : Kinds.OF_DOCKER;
        String kind = field == null ? null : field.text();
        if (field == null || kind == null || known.contains(kind)) {
            return kind;
        }
        field.refuse(Words.value(kind) + " is no kind of workload there; "
                + Field.hint(kind, known, "use one of " + String.join(", ", known)));
        return null;
    }

    private static @Nullable String name(@Nullable Field field, Platform platform) {
        String name = field == null ? null : field.text();
        boolean fits = name == null
                || (platform == Platform.KUBERNETES
                        ? DnsName.isSubdomain(name)
                        : !name.isBlank() && name.length() <= LONGEST_TEXT && name.indexOf('*') < 0);
        if (field != null && !fits) {
            field.refuse(Words.value(String.valueOf(name)) + " is no workload's name: write the name of one in full");
            return null;
        }
        return name;
    }

    private static Set<String> containers(@Nullable Field list) {
        Set<String> names = new LinkedHashSet<>();
        if (list != null && list.isEmptyList()) {
            list.refuse("names nothing: remove it to mean every container");
        }
        for (Field element : list == null ? List.<Field>of() : list.elements()) {
            String name = element.text();
            if (name != null && !DnsName.isLabel(name)) {
                element.refuse(Words.value(name) + " is no container's name: write each name in full");
            } else if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private static Set<String> checks(Field list) {
        Set<String> checks = new LinkedHashSet<>();
        if (list.isEmptyList()) {
            list.refuse("names nothing: list the checks that the workload may fail");
        }
        for (Field element : list.elements()) {
            String id = element.text();
            if (id != null && isCheck(id, element)) {
                checks.add(id);
            }
        }
        return checks;
    }

    private static boolean isCheck(String id, Field element) {
        if (id.startsWith(Rule.PREFIX)) {
            boolean named = DnsName.isLabel(id.substring(Rule.PREFIX.length()));
            if (!named) {
                element.refuse(Words.value(id) + " names no rule: write " + Rule.PREFIX + "NAME");
            }
            return named;
        }
        if (Catalogue.find(id).isPresent()) {
            return true;
        }
        element.refuse("there is no check " + Words.value(id) + "; "
                + Field.hint(
                        id, IDS, "portcullis checks lists those there are, and rules are " + Rule.PREFIX + "NAME"));
        return false;
    }

    private static @Nullable String text(@Nullable Field field) {
        String text = field == null ? null : field.text();
        if (field != null && text != null && (text.isBlank() || text.length() > LONGEST_TEXT)) {
            field.refuse("must be a text of 1 to " + LONGEST_TEXT + " characters");
            return null;
        }
        return text;
    }
}
