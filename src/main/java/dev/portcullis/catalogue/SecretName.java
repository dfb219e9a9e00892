package dev.portcullis.catalogue;

import java.util.List;

/** Whether the name of a variable says that its value is a secret: {@code DB_PASSWORD}, {@code apiKey}, {@code TOKEN_2}. */
final class SecretName {
    /** What says it tells it at the end of a name; no name of an image that is in use is longer. */
    private static final int LONGEST = 256;

    /** The last words of a name. */
    private static final List<String> WORDS = List.of(
            "_secret",
            "_secrets",
            "_token",
            "_tokens",
            "_passphrase",
            "_credential",
            "_credentials",
            "_creds",
            "_apikey",
            "_api_key",
            "_accesskey",
            "_access_key",
            "_privatekey",
            "_private_key",
            "_secretkey",
            "_secret_key",
            "_encryption_key",
            "_signing_key",
            "_account_key");

    /** What ends like a secret and counts words of a language model. */
    private static final List<String> COUNTS =
            List.of("_max_tokens", "_min_tokens", "_num_tokens", "_total_tokens", "_input_tokens", "_output_tokens");

    /** These end names without a boundary too, as in {@code PGPASSWORD}; no other word ends so. */
    private static final List<String> ENDINGS = List.of("password", "passwd");

    /** Words that are a secret behind another word only: {@code PWD} alone is the working directory. */
    private static final List<String> SECOND_WORDS = List.of("_pwd", "_pass");

    /** What may follow and changes nothing; digits are gone before, so that {@code _BASE64} is {@code _base}. */
    private static final List<String> QUALIFIERS = List.of(
            "_value",
            "_base",
            "_b",
            "_hex",
            "_plain",
            "_plaintext",
            "_old",
            "_new",
            "_current",
            "_previous",
            "_default",
            "_prod",
            "_dev",
            "_test");

    private SecretName() {}

    static boolean matches(String name) {
        String words = unqualified(words(name.length() > LONGEST ? name.substring(name.length() - LONGEST) : name));
        if (COUNTS.stream().anyMatch(words::endsWith)) {
            return false;
        }
        return WORDS.stream().anyMatch(words::endsWith)
                || ENDINGS.stream().anyMatch(words::endsWith)
                || SECOND_WORDS.stream().anyMatch(word -> words.endsWith(word) && words.length() > word.length());
    }

    /** In lower case, an underscore before each word: {@code _api_key} for {@code apiKey}, {@code API_KEY} and {@code api.key}. */
    private static String words(String name) {
        StringBuilder words = new StringBuilder(name.length() * 2);
        boolean boundary = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isUpper(c) && !isLower(c) && !isDigit(c)) {
                boundary = true;
                continue;
            }
            boolean hump = i > 0
                    && isUpper(c)
                    && (isLower(name.charAt(i - 1))
                            || (isUpper(name.charAt(i - 1)) && i + 1 < name.length() && isLower(name.charAt(i + 1))));
            if (boundary || hump) {
                words.append('_');
            }
            words.append(isUpper(c) ? (char) (c - 'A' + 'a') : c);
            boundary = false;
        }
        return words.toString();
    }

    private static String unqualified(String words) {
        String shorter = words;
        String before;
        do {
            before = shorter;
            int end = shorter.length();
            while (end > 0 && (isDigit(shorter.charAt(end - 1)) || shorter.charAt(end - 1) == '_')) {
                end--;
            }
            shorter = shorter.substring(0, end);
            for (String qualifier : QUALIFIERS) {
                if (shorter.endsWith(qualifier)) {
                    shorter = shorter.substring(0, shorter.length() - qualifier.length());
                }
            }
        } while (shorter.length() < before.length());
        return shorter;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
