package io.thoughtbus.protocol;

import java.util.List;

/**
 * One of several clusters of meaning that an interest consists of: a fact that reaches one of them wakes.
 *
 * @param threshold the lowest score along this part that wakes
 * @param examples those of the interest's text and examples, and of what its verdicts taught, that the part was learned
 *     from
 */
public record Part(double threshold, List<String> examples) {
    public Part {
        examples = List.copyOf(examples);
    }
}
