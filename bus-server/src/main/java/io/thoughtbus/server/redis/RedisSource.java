package io.thoughtbus.server.redis;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Redis that the bus works with: one that was there, or one of its own. */
public final class RedisSource implements AutoCloseable {
    private final RedisAddress address;
    private final @Nullable EmbeddedRedis embedded;

    private RedisSource(RedisAddress address, @Nullable EmbeddedRedis embedded) {
        this.address = address;
        this.embedded = embedded;
    }

    /** A Redis that somebody else runs. */
    public static RedisSource external(RedisAddress address) {
        return new RedisSource(address, null);
    }

    /** A Redis that ends with this object. */
    public static RedisSource embedded(EmbeddedRedis redis) {
        return new RedisSource(redis.address(), redis);
    }

    /** Where it listens. */
    public RedisAddress address() {
        return address;
    }

    /** The bus' own Redis, if it is one. */
    public Optional<EmbeddedRedis> embedded() {
        return Optional.ofNullable(embedded);
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
