package io.thoughtbus.server.audit;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ledger is kept.
 *
 * @param origin what the ledgers are called, with the namespace after it
 * @param keys the directory of the keys that sign checkpoints, outside Redis; usually {@code ledger} in the data directory
 * @param checkpointInterval how often a ledger that has grown is signed
 * @param retention how long the ledger keeps what it alone holds of its records; their hashes stay
 */
@ConfigurationProperties("thoughtbus.ledger")
record LedgerProperties(
        @DefaultValue("thought-bus") String origin,
        @Nullable Path keys,
        @DefaultValue("PT1M") Duration checkpointInterval,
        @DefaultValue("P365D") Duration retention) {

    LedgerProperties {
        if (!origin.matches("[A-Za-z0-9./_-]{1,100}")) {
            throw new IllegalArgumentException(
                    "thoughtbus.ledger.origin must be 1 to 100 letters, digits, dots, slashes,"
                            + " underscores and hyphens but was \"" + origin + "\"");
        }
        requireAtLeast("checkpoint-interval", checkpointInterval, Duration.ofSeconds(1));
        requireAtLeast("retention", retention, Duration.ofMinutes(1));
    }

    private static void requireAtLeast(String key, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "thoughtbus.ledger." + key + " must be at least " + least + " but was " + value);
        }
    }
}
