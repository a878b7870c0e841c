package io.thoughtbus.protocol;

import java.time.Duration;

/**
 * What holds for all facts of a namespace.
 *
 * @param ttl how long a fact is remembered if its publisher does not say, 1 s to 366 days
 */
public record NamespaceSettings(Duration ttl) {
    public NamespaceSettings {
        Fields.within("ttl", Fields.required("ttl", ttl), Duration.ofSeconds(1), Limits.LIFETIME);
    }
}
