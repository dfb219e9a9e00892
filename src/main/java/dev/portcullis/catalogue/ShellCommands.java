package dev.portcullis.catalogue;

import dev.portcullis.workload.BuildCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The commands of a build step, each a list of words without its quotes: a shell's line cut at {@code && || ; |}, new lines
 * and brackets, what {@code sh -c} is given, and scripts that follow. It reads no conditions and replaces no variables.
 */
final class ShellCommands {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");
    private static final int DEEPEST = 3;
    private static final int LONGEST_VARIABLE = 64;

    private final List<List<String>> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;

    private ShellCommands() {}

    static List<List<String>> of(BuildCommand command) {
        List<List<String>> all = new ArrayList<>();
        if (command.shell()) {
            command.words().forEach(line -> addLine(line, 0, all));
        } else {
            add(command.words(), 0, all);
        }
        command.texts().forEach(text -> addLine(text, 0, all));
        return all;
    }

    private static void addLine(String line, int depth, List<List<String>> all) {
        ShellCommands shell = new ShellCommands();
        shell.read(line);
        shell.commands.forEach(command -> add(command, depth, all));
    }

    private static void add(List<String> command, int depth, List<List<String>> all) {
        all.add(command);
        String program = command.isEmpty() ? "" : command.getFirst();
        int script = command.size() - 1;
        for (int i = 1; i < command.size(); i++) {
            boolean option = command.get(i).startsWith("-") && command.get(i).endsWith("c");
            script = option ? i + 1 : script;
        }
        boolean isShell = SHELLS.contains(program.substring(program.lastIndexOf('/') + 1));
        if (isShell && command.size() > 2 && script < command.size() && depth < DEEPEST) {
            addLine(command.get(script), depth + 1, all);
        }
    }

    private void read(String text) {
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote != 0) {
                boolean escape = c == '\\' && quote == '"' && at + 1 < text.length();
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(escape ? text.charAt(++at) : c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (c == '\\' && at + 1 < text.length()) {
                at++;
                if (text.charAt(at) != '\n') {
                    word.append(text.charAt(at));
                    inWord = true;
                }
            } else if ("&|;\n(){}`".indexOf(c) >= 0 && !isBrace(text, at)) {
                endCommand();
            } else if (c == ' ' || c == '\t' || c == '\r') {
                endWord();
            } else {
                word.append(c);
                inWord = true;
            }
        }
        endCommand();
    }

    /** A brace of {@code ${name}} or of {@code {}} as a word ends no command. */
    private static boolean isBrace(String text, int at) {
        char c = text.charAt(at);
        boolean pair = c == '{' ? text.startsWith("{}", at) : c == '}' && at > 0 && text.charAt(at - 1) == '{';
        boolean variable = c == '{' && at > 0 && text.charAt(at - 1) == '$';
        return pair
                || variable
                || (c == '}'
                        && text.substring(Math.max(0, at - LONGEST_VARIABLE), at)
                                .contains("${"));
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }

    private void endCommand() {
        endWord();
        if (!words.isEmpty()) {
            commands.add(words);
            words = new ArrayList<>();
        }
    }
}
