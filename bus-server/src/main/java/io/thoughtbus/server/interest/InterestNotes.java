package io.thoughtbus.server.interest;

import io.thoughtbus.protocol.Interest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What a subscriber should know about an interest that can be declared and will not work as well as it might. */
public final class InterestNotes {
    private InterestNotes() {}

    /** The notes on an interest; none on most. */
    public static List<String> on(Interest interest) {
        List<String> notes = new ArrayList<>();
        if (Language.isForeign(interest.positives())) {
            notes.add(
                    "the interest does not look English: the packaged model and the guard know English, so try it with"
                            + " :preview, or configure a multilingual model");
        }
        if (interest.examples().size() > 1 && new HashSet<>(interest.examples()).size() == 1) {
            notes.add("all examples are the same text: give other wordings and other subjects to learn from");
        }
        return notes;
    }
}
