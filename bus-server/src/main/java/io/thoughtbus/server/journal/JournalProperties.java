package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.Limits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How facts are journalled.
 *
 * @param shards how many streams a namespace's facts are spread over; fixed with the first start on a Redis
 * @param ttl how long a fact is remembered if neither its publisher nor its namespace says
 * @param idempotencyWindow how long a key is known after its fact was accepted
 * @param maxDepth how long a chain of facts may be of which each was caused by the one before
 * @param maxDescendants how many facts may descend from one, however the chains branch, within a day
 */
@ConfigurationProperties("thoughtbus.journal")
record JournalProperties(
        @DefaultValue("4") int shards,
        @DefaultValue("PT24H") Duration ttl,
        @DefaultValue("PT24H") Duration idempotencyWindow,
        @DefaultValue("16") int maxDepth,
        @DefaultValue("1000") int maxDescendants) {

    JournalProperties {
        if (shards < 1 || shards > 64) {
            throw new IllegalArgumentException("thoughtbus.journal.shards must be within [1, 64] but was " + shards);
        }
        requireWithin("max-depth", maxDepth, 1_000);
        requireWithin("max-descendants", maxDescendants, 1_000_000);
        requireLifetime("ttl", ttl);
        requireLifetime("idempotency-window", idempotencyWindow);
    }

    private static void requireWithin(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "thoughtbus.journal." + key + " must be within [1, " + most + "] but was " + value);
        }
    }

    private static void requireLifetime(String key, Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Limits.LIFETIME) > 0) {
            throw new IllegalArgumentException(
                    "thoughtbus.journal." + key + " must be PT1S to " + Limits.LIFETIME + " but was " + value);
        }
    }
}
