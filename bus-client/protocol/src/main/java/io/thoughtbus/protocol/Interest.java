package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber wants to be woken for, in its own words: a text, or examples of facts, or both.
 *
 * @param text the interest in a sentence
 * @param examples facts that should wake, at most 200
 * @param counterexamples facts that look alike and should not wake, at most 200; none of them an example as well
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Interest(@Nullable String text, List<String> examples, List<String> counterexamples) {
    public Interest {
        if (text != null) {
            Fields.text("text", text);
        }
        examples = Fields.texts("examples", examples, Limits.EXAMPLES);
        counterexamples = Fields.texts("counterexamples", counterexamples, Limits.EXAMPLES);
        if (text == null && examples.isEmpty()) {
            throw new InvalidFieldException("text", "is required where there is no example");
        }
        for (int i = 0; i < counterexamples.size(); i++) {
            if (counterexamples.get(i).equals(text) || examples.contains(counterexamples.get(i))) {
                throw new InvalidFieldException(
                        "counterexamples[" + i + "]",
                        "must not be what should wake as well: " + counterexamples.get(i));
            }
        }
    }

    /** An interest in what this text says. */
    public static Interest in(String text) {
        return new Interest(text, List.of(), List.of());
    }

    /** Whether there is more to learn from than a text. */
    public boolean teaches() {
        return !examples.isEmpty() || !counterexamples.isEmpty();
    }

    /** The text, if there is one, and the examples. */
    public List<String> positives() {
        return Stream.concat(Stream.ofNullable(text), examples.stream()).toList();
    }
}
