package dev.portcullis.docker.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The flags and words of a {@code docker run} as the client takes them apart: flags end at the first word that is none, the
 * image; what follows runs in the container.
 *
 * @param start where it begins in the text
 * @param image the word that names it
 * @param arguments what follows
 * @param insertion where the word ends after which further flags may stand
 */
record Command(int start, List<Given> flags, Word image, List<Word> arguments, int insertion) {
    private static final int MOST_FLAGS = 1_000;
    private static final Set<String> PROMPTS = Set.of("$", "%");
    /** Options of the client itself, which stand before the command. */
    private static final Set<String> GLOBAL_WITH_VALUE = Set.of(
            "--config", "--context", "-c", "--host", "-H", "--log-level", "-l", "--tlscacert", "--tlscert", "--tlskey");

    private static final Set<String> GLOBAL = Set.of("--debug", "-D", "--tls", "--tlsverify");

    static Command read(Script script) throws RunLineException {
        return new Reading(script, ShellWords.split(script)).command();
    }

    /** Goes through the words. */
    private static final class Reading {
        private final Script script;
        private final List<Word> words;
        private final List<Given> flags = new ArrayList<>();
        private FlagTable table = FlagTable.RUN;
        private int at;

        Reading(Script script, List<Word> words) {
            this.script = script;
            this.words = words;
        }

        Command command() throws RunLineException {
            table = verb() ? FlagTable.RUN : FlagTable.CREATE;
            int insertion = words.get(at - 1).end();
            while (at < words.size() && isFlag(words.get(at).text())) {
                Word word = words.get(at++);
                if (word.text().equals("--")) {
                    break;
                }
                if (word.text().startsWith("--")) {
                    named(word);
                } else {
                    lettered(word);
                }
                insertion = words.get(at - 1).end();
            }
            if (at == words.size()) {
                throw script.refuse(words.getLast().start(), "no image is named after", "write it after the flags");
            }
            Word image = words.get(at);
            requireNoGlobs(words.subList(0, at + 1));
            if (image.text().isEmpty() || image.text().startsWith("-")) {
                throw script.refuse(image.start(), "the image has no name", "write one such as nginx:1.29");
            }
            return new Command(words.getFirst().start(), flags, image, words.subList(at + 1, words.size()), insertion);
        }

        /** What follows the image may hold them: whatever files there are, it is the program's. */
        private void requireNoGlobs(List<Word> read) throws RunLineException {
            for (Word word : read) {
                if (word.glob() >= 0) {
                    throw script.refuse(
                            word.glob(),
                            "a shell puts names of files in place of \""
                                    + script.text().charAt(word.glob()) + "\"",
                            "quote it");
                }
            }
        }

        /** Passes over {@code docker}, {@code run} and what may stand before and between; whether it is {@code run}. */
        private boolean verb() throws RunLineException {
            at += PROMPTS.contains(words.getFirst().text()) ? 1 : 0;
            at += isAt("sudo") ? 1 : 0;
            expect("docker");
            while (at < words.size() && words.get(at).text().startsWith("-")) {
                global(words.get(at++));
            }
            at += isAt("container") ? 1 : 0;
            boolean run = isAt("run");
            expect(run ? "run" : "create");
            return run;
        }

        private void global(Word option) throws RunLineException {
            String name = FlagValues.Pair.of(option.text(), '=').name();
            if (GLOBAL_WITH_VALUE.contains(option.text())) {
                at++;
            } else if (!GLOBAL.contains(name) && !GLOBAL_WITH_VALUE.contains(name)) {
                throw script.refuse(
                        option.start(), "docker has no option " + RunLineException.quoted(name), "leave it out");
            }
        }

        private boolean isAt(String text) {
            return at < words.size() && words.get(at).text().equals(text);
        }

        private void expect(String text) throws RunLineException {
            if (!isAt(text)) {
                Word found = words.get(Math.min(at, words.size() - 1));
                throw script.refuse(
                        found.start(),
                        "there is " + RunLineException.quoted(found.text()) + " instead of docker run or docker create",
                        "give such a command");
            }
            at++;
        }

        private static boolean isFlag(String text) {
            return text.startsWith("-") && text.length() > 1;
        }

        private void named(Word word) throws RunLineException {
            String text = word.text().substring(2);
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            if (name.equals("help")) {
                throw script.refuse(word.start(), "--help runs nothing", "leave it out");
            }
            Flag flag = table.named(name);
            if (flag == null) {
                throw unknown(word, name);
            }
            String value = equals >= 0 ? text.substring(equals + 1) : flag.bool() ? "true" : value(flag, word);
            add(flag, value, "", word);
        }

        private RunLineException unknown(Word word, String name) {
            List<String> near = table.near(name);
            boolean ofRun = FlagTable.RUN.named(name) != null;
            return script.refuse(
                    word.start(),
                    "docker " + (table == FlagTable.RUN ? "run" : "create") + " has no flag "
                            + RunLineException.quoted("--" + name),
                    ofRun
                            ? "docker run alone has it"
                            : near.isEmpty()
                                    ? "docker run --help lists all"
                                    : "did you mean " + String.join(" or ", near) + "?");
        }

        private String value(Flag flag, Word word) throws RunLineException {
            if (at == words.size()) {
                throw script.refuse(word.start(), flag.spelled() + " needs a value", "write it after the flag");
            }
            return words.get(at++).text();
        }

        /** One or more flags of one letter each; the last may be followed by its value. */
        private void lettered(Word word) throws RunLineException {
            String text = word.text();
            for (int i = 1; i < text.length(); i++) {
                Flag flag = table.lettered(text.charAt(i));
                if (flag == null) {
                    throw script.refuse(
                            word.start(),
                            "docker run has no flag " + RunLineException.quoted("-" + text.charAt(i)),
                            "write the long form; docker run --help lists all");
                }
                String kept = i == 1 ? "" : text.substring(0, i);
                String rest = text.substring(i + 1);
                if (rest.length() > 1 && rest.charAt(0) == '=') {
                    add(flag, rest.substring(1), kept, word);
                    return;
                }
                if (!flag.bool()) {
                    add(flag, rest.isEmpty() ? value(flag, word) : rest, kept, word);
                    return;
                }
                // One that others follow cannot be cut out alone.
                add(flag, "true", rest.isEmpty() ? kept : text, word);
            }
        }

        private void add(Flag flag, String value, String kept, Word word) throws RunLineException {
            if (flags.size() == MOST_FLAGS) {
                throw script.refuse(word.start(), "there are more than " + MOST_FLAGS + " flags", "give fewer");
            }
            flags.add(new Given(
                    script, flag, value, kept, word.start(), words.get(at - 1).end()));
        }
    }
}
