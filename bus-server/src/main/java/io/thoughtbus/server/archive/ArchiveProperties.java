package io.thoughtbus.server.archive;

import java.net.URI;
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
 * @param s3 the bucket that the segments go to instead; absent for the directory
 * @param interval how often what is new is sealed, if it does not fill a segment before
 */
@ConfigurationProperties("thoughtbus.archive")
record ArchiveProperties(
        @DefaultValue("false") boolean enabled,
        @Nullable Path directory,
        @Nullable S3 s3,
        @DefaultValue("PT1H") Duration interval) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    ArchiveProperties {
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "thoughtbus.archive.interval must be at least " + SHORTEST + " but was " + interval);
        }
    }

    /**
     * A bucket of an S3-compatible store that honours {@code If-None-Match} when it writes.
     *
     * @param bucket its name
     * @param prefix what the keys of the segments begin with; absent for nothing
     * @param endpoint the address of the store; absent for that of Amazon's region
     * @param region of the bucket
     * @param accessKey who writes; without it what the AWS SDK finds (environment, profile, role)
     * @param secretKey the secret of the access key
     */
    record S3(
            String bucket,
            @Nullable String prefix,
            @Nullable URI endpoint,
            @DefaultValue("us-east-1") String region,
            @Nullable String accessKey,
            @Nullable String secretKey) {
        S3 {
            if (bucket == null || bucket.isBlank()) {
                throw new IllegalArgumentException("thoughtbus.archive.s3.bucket must be given");
            }
            if ((accessKey == null) != (secretKey == null)) {
                throw new IllegalArgumentException(
                        "thoughtbus.archive.s3.access-key and secret-key must be given together, or neither");
            }
        }
    }
}
