package io.thoughtbus.server.erasure;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisSource;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;

/** Has the bus' own Redis rewrite its append-only file after erasures; whoever runs another Redis does so himself. */
@Component
public final class Rewriting {
    private static final Logger log = LoggerFactory.getLogger(Rewriting.class);
    private static final String ASKED = RedisKeys.registry("rewrite");
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final boolean isOurs;
    private final Ticker ticker;
    private long last;

    Rewriting(RedisClient redis, RedisFunctions functions, RedisSource source, Ticker ticker) {
        this.redis = redis;
        this.functions = functions;
        this.isOurs = source.embedded().isPresent();
        this.ticker = ticker;
        this.last = ticker.read() - EVERY.toNanos();
    }

    /** Notes that the file holds what has been erased. */
    public void ask() {
        if (isOurs) {
            redis.set(ASKED, UUID.randomUUID().toString());
        }
    }

    /** Begins a rewrite if one was asked for, but not more than one a minute. */
    void beginIfAsked() {
        String asked = isOurs && ticker.read() - last >= EVERY.toNanos() ? redis.get(ASKED) : null;
        if (asked == null) {
            return;
        }
        try {
            redis.executeCommand(new CommandArguments(Command.BGREWRITEAOF));
            last = ticker.read();
            functions.call(RedisFunction.RELEASE_LOCK, List.of(ASKED), List.of(asked));
        } catch (JedisDataException e) {
            log.debug("The append-only file is being rewritten already", e);
        }
    }
}
