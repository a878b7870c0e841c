package io.thoughtbus.server.redis;

import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.SafeEncoder;

/** The clock of Redis, which all servers share: positions in the journal, lifetimes and due times are made of it. */
@Component
public final class RedisTime {
    private final RedisClient redis;

    /** The clock of the Redis that this client speaks to. */
    public RedisTime(RedisClient redis) {
        this.redis = redis;
    }

    /** What it says now, to the millisecond. */
    public Instant now() {
        return Instant.ofEpochMilli(milliseconds());
    }

    /** The last millisecond that is over: no fact will be accepted in it any more. */
    public Instant settled() {
        long asked = milliseconds();
        long now = asked;
        while (now <= asked) {
            Thread.onSpinWait();
            now = milliseconds();
        }
        return Instant.ofEpochMilli(asked);
    }

    private long milliseconds() {
        List<?> time = (List<?>) redis.executeCommand(new CommandArguments(Command.TIME));
        return Long.parseLong(SafeEncoder.encode((byte[]) time.get(0))) * 1000
                + Long.parseLong(SafeEncoder.encode((byte[]) time.get(1))) / 1000;
    }
}
