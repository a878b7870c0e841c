package io.thoughtbus.server.guard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The single words, pairs and triples of words of a text, lower-cased; marks count as words, every number is {@code 0},
 * {@code n't} stands apart, {@code <} and {@code >} mark beginning and end.
 */
final class Grams {
    /** The guard knows sentences; what is longer than this many words is several, and not read. */
    static final int MOST_WORDS = 60;

    private static final Pattern WORD = Pattern.compile("n't|[a-z]+|[0-9]+|[^\\sa-z0-9]");
    private static final Pattern NOT = Pattern.compile("n[’']t\\b");

    private Grams() {}

    /** Those of a text, each once; none of a text that is too long. */
    static Set<String> of(String text) {
        List<String> words = words(text);
        if (words.size() > MOST_WORDS + 2) {
            return Set.of();
        }
        Set<String> grams = new LinkedHashSet<>();
        for (int i = 0; i < words.size(); i++) {
            String gram = words.get(i);
            grams.add(gram);
            for (int j = i + 1; j < Math.min(i + 3, words.size()); j++) {
                gram = gram + " " + words.get(j);
                grams.add(gram);
            }
        }
        return grams;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        words.add("<");
        Matcher matcher =
                WORD.matcher(NOT.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" n't"));
        while (matcher.find() && words.size() <= MOST_WORDS + 1) {
            String word = matcher.group();
            words.add(Character.isDigit(word.charAt(0)) ? "0" : word);
        }
        words.add(">");
        return words;
    }
}
