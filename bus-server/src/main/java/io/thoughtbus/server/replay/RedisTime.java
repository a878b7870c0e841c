package io.thoughtbus.server.replay;

import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.SafeEncoder;

/** The clock that positions in the journal are made of. */
@Component
final class RedisTime {
    private final RedisClient redis;

    RedisTime(RedisClient redis) {
        this.redis = redis;
    }

    /** The last millisecond that is over: no fact will be accepted in it any more. */
    Instant settled() {
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
