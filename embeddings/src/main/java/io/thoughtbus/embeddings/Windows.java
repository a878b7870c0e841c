package io.thoughtbus.embeddings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the tokens of a text into windows that a model can read. */
final class Windows {
    private Windows() {}

    /**
     * The windows of a text, none longer than the model's, together holding every token once.
     *
     * @param tokens the whole text's token ids between its first and last special token
     * @param size how many tokens a window holds, both special tokens included
     */
    static List<long[]> of(long[] tokens, int size) {
        if (tokens.length <= size) {
            return List.of(tokens);
        }
        List<long[]> windows = new ArrayList<>();
        int last = tokens.length - 1;
        for (int from = 1; from < last; from += size - 2) {
            int to = Math.min(from + size - 2, last);
            long[] window = Arrays.copyOfRange(tokens, from - 1, to + 1);
            window[0] = tokens[0];
            window[window.length - 1] = tokens[last];
            windows.add(window);
        }
        return windows;
    }
}
