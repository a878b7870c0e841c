package io.thoughtbus.protocol;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose timeline to tell: exactly one of a fact, a subject, a subscription and a chain of causes.
 *
 * @param fact with what takes it back
 * @param subject all its facts
 * @param subscription all facts that concerned it, or that the guard kept from it
 * @param cause any fact of a chain of causes: all that descend from the chain's first fact
 * @param after {@link Timeline#next} of the page before; absent for the first
 * @param limit how many facts at most, 1 to 100
 */
public record TimelineQuery(
        @Nullable FactId fact,
        @Nullable String subject,
        @Nullable String subscription,
        @Nullable FactId cause,
        @Nullable FactId after,
        int limit) {
    /** The most facts of one page. */
    public static final int MOST_FACTS = 100;

    public TimelineQuery {
        Fields.optionalId("subject", subject);
        Fields.optionalId("subscription", subscription);
        Fields.within("limit", limit, 1, MOST_FACTS);
        long named = Stream.of(fact, subject, subscription, cause)
                .filter(Objects::nonNull)
                .count();
        if (named != 1) {
            throw new InvalidFieldException(
                    "fact", "or one of subject, subscription and cause must be given, and no more");
        }
    }

    /** The timeline of a fact. */
    public static TimelineQuery ofFact(FactId fact) {
        return new TimelineQuery(fact, null, null, null, null, MOST_FACTS);
    }

    /** The timeline of a subject. */
    public static TimelineQuery ofSubject(String subject) {
        return new TimelineQuery(null, subject, null, null, null, MOST_FACTS);
    }

    /** The timeline of a subscription. */
    public static TimelineQuery ofSubscription(String subscription) {
        return new TimelineQuery(null, null, subscription, null, null, MOST_FACTS);
    }

    /** The timeline of a chain of causes. */
    public static TimelineQuery ofChain(FactId cause) {
        return new TimelineQuery(null, null, null, cause, null, MOST_FACTS);
    }

    /** The same, from the facts after a position on. */
    public TimelineQuery after(FactId position) {
        return new TimelineQuery(fact, subject, subscription, cause, position, limit);
    }
}
