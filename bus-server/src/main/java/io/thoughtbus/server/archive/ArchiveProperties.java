package io.thoughtbus.server.archive;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether and where the journal is archived.
 *
 * @param enabled whether it is; needs the ledger
 * @param directory of the segments; usually {@code archive} in the data directory
 * @param interval how often what is new is sealed, if it does not fill a segment before
 */
@ConfigurationProperties("thoughtbus.archive")
record ArchiveProperties(
        @DefaultValue("false") boolean enabled,
        @Nullable Path directory,
        @DefaultValue("PT1H") Duration interval) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    ArchiveProperties {
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "thoughtbus.archive.interval must be at least " + SHORTEST + " but was " + interval);
        }
    }
}
