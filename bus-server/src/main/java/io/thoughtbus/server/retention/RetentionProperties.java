package io.thoughtbus.server.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much of the past the journal keeps.
 *
 * @param age facts that are older leave the journal
 * @param facts the most facts of a namespace that it keeps, spread evenly over its shards
 */
@ConfigurationProperties("thoughtbus.retention")
record RetentionProperties(
        @DefaultValue("P30D") Duration age,
        @DefaultValue("1000000") long facts) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    RetentionProperties {
        if (age.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "thoughtbus.retention.age must be at least " + SHORTEST + " but was " + age);
        }
        if (facts < 1_000) {
            throw new IllegalArgumentException("thoughtbus.retention.facts must be at least 1000 but was " + facts);
        }
    }
}
