package io.thoughtbus.server.interest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.thoughtbus.protocol.Interest;
import io.thoughtbus.protocol.SecondStage;
import io.thoughtbus.protocol.SecondStage.WhenAway;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the margin of an interest is too small to decide, and what the second stage is asked then.
 *
 * @param band how far from the threshold
 * @param whenAway what holds where it does not answer
 * @param texts the interest's text, or, lacking one, its examples, of which the nearest is asked about
 */
public record Doubt(
        @JsonProperty("b") double band,
        @JsonProperty("w") WhenAway whenAway,
        @JsonProperty("x") List<String> texts) {
    public Doubt {
        texts = List.copyOf(texts);
    }

    /** The doubt of an interest, if its subscriber has one. */
    static @Nullable Doubt of(Interest interest, @Nullable SecondStage wanted) {
        if (wanted == null) {
            return null;
        }
        String text = interest.text();
        return new Doubt(wanted.band(), wanted.whenAway(), text == null ? interest.examples() : List.of(text));
    }
}
