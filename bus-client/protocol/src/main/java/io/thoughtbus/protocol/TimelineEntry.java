package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a fact, or what became of it.
 *
 * @param at when; absent where nobody noted it. What follows from a fact's position is dated by that position
 * @param who the publisher who stated something, or the subscription that it concerned; absent where nobody else took part
 * @param detail more, in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelineEntry(
        @Nullable Instant at,
        What what,
        FactId fact,
        @Nullable String who,
        @Nullable String detail) {

    /** The same with other words. */
    public TimelineEntry withDetail(String other) {
        return new TimelineEntry(at, what, fact, who, other);
    }

    /** The kinds, in the order in which they follow each other for one fact. */
    public enum What {
        /** Its publisher stated it; or, of a retraction, said that another fact does not hold. */
        @JsonProperty("published")
        PUBLISHED,
        /** It concerns a subscription. */
        @JsonProperty("matched")
        MATCHED,
        /** The guard kept it from a subscription. */
        @JsonProperty("stopped")
        STOPPED,
        /** It is near a subscription and does not concern it, by what is in force now. */
        @JsonProperty("nearly-matched")
        NEARLY_MATCHED,
        /** It takes back what concerned a subscription. */
        @JsonProperty("told")
        TOLD,
        /** A subscription is owed its wake, which nobody has taken yet. */
        @JsonProperty("owed")
        OWED,
        /** The second stage answered whether it wakes a subscription. */
        @JsonProperty("answered")
        ANSWERED,
        /** Its wake was handed over; or, where no history is known, has been and there is no last verdict. */
        @JsonProperty("delivered")
        DELIVERED,
        /** Its wake was taken back before anybody saw it. */
        @JsonProperty("returned")
        RETURNED,
        /** Its wake was kept in hand for longer. */
        @JsonProperty("extended")
        EXTENDED,
        /** A subscriber gave a verdict on its wake; or, where no history is known, its wake is owed no longer. */
        @JsonProperty("verdict")
        VERDICT,
        /** Its wake was given up. */
        @JsonProperty("dead-letter")
        DEAD_LETTER,
        /** Its wake was given up before, and is owed again. */
        @JsonProperty("revived")
        REVIVED,
        /** It was retracted. */
        @JsonProperty("retracted")
        RETRACTED,
        /** Another fact took its place. */
        @JsonProperty("superseded")
        SUPERSEDED,
        /** Its lifetime ended. */
        @JsonProperty("expired")
        EXPIRED,
        /** It was erased. */
        @JsonProperty("erased")
        ERASED;

        /** The kind as it travels. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
