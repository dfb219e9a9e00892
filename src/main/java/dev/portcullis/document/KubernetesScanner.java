package dev.portcullis.document;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerException;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.DirectiveToken;
import org.yaml.snakeyaml.tokens.ScalarToken;
import org.yaml.snakeyaml.tokens.Token;

/** Refuses the tokens that SnakeYAML takes but that Kubernetes' reader refuses or splits elsewhere. */
final class KubernetesScanner implements Scanner {
    private static final Set<Token.ID> ENDS = EnumSet.of(
            Token.ID.Scalar, Token.ID.Alias, Token.ID.FlowSequenceEnd, Token.ID.FlowMappingEnd, Token.ID.BlockEnd);

    private final Scanner scanner;
    private final YamlText text;
    private @Nullable Token last;
    private boolean inDirectives;

    KubernetesScanner(YamlText text, LoaderOptions options) {
        scanner = new ScannerImpl(new StreamReader(text.reader()), options);
        this.text = text;
    }

    @Override
    public boolean checkToken(Token.ID choice) {
        return scan(() -> scanner.checkToken(choice));
    }

    @Override
    public boolean checkToken(Token.ID... choices) {
        return scan(() -> scanner.checkToken(choices));
    }

    @Override
    public Token peekToken() {
        return scan(scanner::peekToken);
    }

    @Override
    public void resetDocumentIndex() {
        scanner.resetDocumentIndex();
    }

    @Override
    public Token getToken() {
        Token token = scan(scanner::getToken);
        if (token instanceof DirectiveToken<?> directive) {
            requireKnown(directive);
        }
        requireDocument(token);
        if (token instanceof ScalarToken scalar) {
            requireReadable(scalar);
        }
        if (token instanceof ScalarToken && last != null && ENDS.contains(last.getTokenId())) {
            throw refused("a value right after another", token);
        }
        if (last instanceof ScalarToken scalar && scalar.getPlain()) {
            requireSeparated(scalar, token);
        }
        last = token;
        return token;
    }

    /** SnakeYAML lets an escape such as {@code U+FFFFFFFF} end in a NumberFormatException. */
    private <T> T scan(Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            throw new ScannerException(
                    null, null, "an escape beyond U+10FFFF soon after", last == null ? null : last.getStartMark());
        }
    }

    private static void requireKnown(DirectiveToken<?> directive) {
        boolean known = directive.getName().equals("YAML")
                ? List.of(1, 1).equals(directive.getValue())
                : directive.getName().equals("TAG");
        if (!known) {
            throw refused("a directive other than %YAML 1.1 and %TAG", directive);
        }
    }

    private void requireDocument(Token token) {
        if (inDirectives && token.getTokenId() == Token.ID.StreamEnd) {
            throw refused("a directive without a document", token);
        }
        inDirectives = token instanceof DirectiveToken<?>;
    }

    private void requireReadable(ScalarToken scalar) {
        if (scalar.getStyle() == ScalarStyle.DOUBLE_QUOTED && text.hasSurrogateEscape(scalar)) {
            throw refused("a surrogate escape, which YAML lacks", scalar);
        }
        boolean isBlock = scalar.getStyle() == ScalarStyle.LITERAL || scalar.getStyle() == ScalarStyle.FOLDED;
        if (isBlock && startsWithTab(scalar)) {
            throw refused("a tab where a block's indentation is expected", scalar);
        }
    }

    private static boolean startsWithTab(ScalarToken scalar) {
        String value = scalar.getValue();
        int i = 0;
        while (i < value.length() && (value.charAt(i) == '\n' || value.charAt(i) == ' ')) {
            i++;
        }
        return i < value.length() && value.charAt(i) == '\t';
    }

    private void requireSeparated(ScalarToken plain, Token next) {
        if (text.hasTabIndent(plain.getStartMark(), next.getStartMark())) {
            throw refused("a tab that indents a line", next);
        }
        if (next.getTokenId() == Token.ID.Value && !text.isBlankAfter(next.getStartMark())) {
            throw refused("a colon without a space after it", next);
        }
    }

    private static ScannerException refused(String problem, Token token) {
        return new ScannerException(null, null, problem, token.getStartMark());
    }
}
