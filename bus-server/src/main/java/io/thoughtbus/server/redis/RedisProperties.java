package io.thoughtbus.server.redis;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which Redis the bus uses.
 *
 * @param uri a Redis of 7.4 or newer with the search module, such as {@code redis://user:password@host:6379}, or
 *     {@code rediss://} for TLS; without it the bus starts one of its own
 * @param executable the redis-server to start, with its search module beside it, instead of one found or fetched
 * @param appendfsync when the bus' own Redis writes to disk: {@code always}, so that every accepted fact survives a
 *     power cut, or {@code everysec}, which is faster and may lose a second
 * @param connections the most connections that requests share
 */
@ConfigurationProperties("thoughtbus.redis")
public record RedisProperties(
        @Nullable URI uri,
        @Nullable Path executable,
        @DefaultValue("always") Fsync appendfsync,
        @DefaultValue("32") int connections) {

    /** When appended commands reach the disk. */
    public enum Fsync {
        /** Before the command is answered. */
        ALWAYS,
        /** Once a second. */
        EVERYSEC
    }

    public RedisProperties {
        if (connections < 4 || connections > 1000) {
            throw new IllegalArgumentException(
                    "thoughtbus.redis.connections must be within [4, 1000] but was " + connections);
        }
    }
}
