package dev.portcullis.cel.functions;

import java.util.List;
import java.util.random.RandomGenerator;

/** Texts that are almost right: examples with characters removed, doubled, replaced, inserted or joined. */
record Mutation(RandomGenerator random, List<String> examples, String alphabet) {
    String text() {
        StringBuilder text = new StringBuilder(example());
        for (int edits = random.nextInt(4); edits > 0; edits--) {
            edit(text);
        }
        return text.toString();
    }

    private void edit(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        boolean inside = at < text.length();
        switch (random.nextInt(inside ? 5 : 2)) {
            case 0 -> text.insert(at, character());
            case 1 -> text.replace(at, text.length(), tail(example()));
            case 2 -> text.setCharAt(at, character());
            case 3 -> text.deleteCharAt(at);
            default -> text.insert(at, text.charAt(at));
        }
    }

    private String tail(String text) {
        return text.substring(random.nextInt(text.length() + 1));
    }

    private String example() {
        return examples.get(random.nextInt(examples.size()));
    }

    private char character() {
        return alphabet.charAt(random.nextInt(alphabet.length()));
    }
}
