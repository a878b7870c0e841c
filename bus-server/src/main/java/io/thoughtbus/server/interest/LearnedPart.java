package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedding;
import java.util.Base64;
import java.util.List;

/**
 * One of several parts of an interest, as it is written down with a version of a subscription.
 *
 * @param direction as base64 of little-endian FLOAT32
 * @param threshold the lowest score along it that wakes
 * @param members the places, among the interest's text and examples, of those that it was learned from
 */
public record LearnedPart(String direction, double threshold, List<Integer> members) {
    public LearnedPart {
        members = List.copyOf(members);
    }

    /** The parts of an interest; none where it has only one. */
    public static List<LearnedPart> of(CompiledInterest interest) {
        return interest.parts().size() == 1
                ? List.of()
                : interest.parts().stream()
                        .map(part -> new LearnedPart(
                                Base64.getEncoder()
                                        .encodeToString(part.direction().toBytes()),
                                part.threshold(),
                                part.members()))
                        .toList();
    }

    /** The part, ready to decide. */
    public InterestPart toPart() {
        return new InterestPart(Embedding.fromBytes(Base64.getDecoder().decode(direction)), threshold, members);
    }
}
