package io.thoughtbus.server.delivery;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.server.loop.Loop;
import io.thoughtbus.server.redis.RedisFunctions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Goes to the inboxes that ring and serves those who wait there. Now and then it looks at all, should a ring be lost. */
final class BellLoop implements Loop {
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final int MOST_TOGETHER = 128;
    private static final long WAIT_MILLIS = 500;

    private final Bells bells;
    private final WaitingRoom room;
    private final RedisClient redis;
    private final RedisFunctions functions;
    private final Handing handing;
    private final Ticker ticker;
    private long lastSweep;

    BellLoop(
            Bells bells,
            WaitingRoom room,
            RedisClient redis,
            RedisFunctions functions,
            Handing handing,
            Ticker ticker) {
        this.bells = bells;
        this.room = room;
        this.redis = redis;
        this.functions = functions;
        this.handing = handing;
        this.ticker = ticker;
        this.lastSweep = ticker.read() - SWEEP.toNanos();
    }

    @Override
    public String name() {
        return "bell";
    }

    @Override
    public Duration rest() {
        return Duration.ZERO;
    }

    @Override
    public int doWork() throws InterruptedException {
        if (ticker.read() - lastSweep >= SWEEP.toNanos()) {
            lastSweep = ticker.read();
            bells.ring(room.subscriptions());
        }
        List<SubscriptionRef> rung = bells.rung(MOST_TOGETHER, WAIT_MILLIS);
        if (!rung.isEmpty()) {
            serve(rung);
        }
        return rung.size();
    }

    private void serve(List<SubscriptionRef> rung) {
        try {
            handing.hand(take(rung));
        } catch (JedisException e) {
            rung.forEach(subscription -> bells.ringAfter(subscription, PAUSE));
            if (e instanceof JedisDataException failed) {
                functions.loadIfGone(failed);
            }
            throw e;
        }
    }

    private List<Handing.Turn> take(List<SubscriptionRef> rung) {
        List<Handing.Turn> turns = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            rung.forEach(subscription -> handing.queue(pipeline, subscription).ifPresent(turns::add));
            pipeline.sync();
            return turns;
        } catch (RuntimeException e) {
            handing.abandon(turns);
            throw e;
        }
    }
}
