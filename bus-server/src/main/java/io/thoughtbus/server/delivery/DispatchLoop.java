package io.thoughtbus.server.delivery;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.server.interest.RedisInterestIndex;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.loop.Loop;
import io.thoughtbus.server.redis.PartialAnswerException;
import io.thoughtbus.server.subscription.IndexWatch;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntryBinary;
import redis.clients.jedis.util.SafeEncoder;

/**
 * Reads one shard of every namespace's journal onward from its cursor and dispatches what comes. Whatever fails, the
 * cursor stays where it is, and the facts behind it are dispatched again once the index is known to be whole.
 */
final class DispatchLoop implements Loop {
    /** How long a server may be silent before another one takes its lanes. */
    static final Duration LEASE = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(DispatchLoop.class);
    private static final Duration RENEW = Duration.ofSeconds(1);

    /** How long an index that held every interest is believed to hold them. */
    private static final Duration TRUST = Duration.ofSeconds(1);

    private static final int MOST_TOGETHER = 64;
    private static final Duration LONGEST_BLOCK = Duration.ofMillis(500);
    private static final byte[] OPENED = SafeEncoder.encode(Namespaces.OPENED);

    private final RedisClient redis;
    private final RedisLane lane;
    private final Cursors cursors;
    private final Dispatcher dispatcher;
    private final RedisJournal journal;
    private final RedisInterestIndex index;
    private final IndexWatch watch;
    private final Namespaces namespaces;
    private final RecentFacts recent;
    private final Ring ring;
    private final DispatchMeters meters;
    private final Clock clock;
    private final Ticker ticker;

    private final Map<String, ShardState> shards = new HashMap<>();
    private final Map<String, Long> foundWhole = new HashMap<>();
    private StreamEntryID opened = new StreamEntryID(0, 0);
    private long lastRenewal;
    private boolean held;

    DispatchLoop(
            RedisClient redis,
            RedisLane lane,
            Dispatcher dispatcher,
            RedisJournal journal,
            RedisInterestIndex index,
            IndexWatch watch,
            Namespaces namespaces,
            RecentFacts recent,
            Ring ring,
            DispatchMeters meters,
            Clock clock,
            Ticker ticker) {
        this.redis = redis;
        this.lane = lane;
        this.cursors = new Cursors(lane, ticker);
        this.dispatcher = dispatcher;
        this.journal = journal;
        this.index = index;
        this.watch = watch;
        this.namespaces = namespaces;
        this.recent = recent;
        this.ring = ring;
        this.meters = meters;
        this.clock = clock;
        this.ticker = ticker;
        this.lastRenewal = longAgo();
    }

    @Override
    public String name() {
        return "dispatch-" + lane.shard();
    }

    @Override
    public Duration rest() {
        return held ? Duration.ZERO : RENEW;
    }

    @Override
    public int doWork() {
        try {
            if (ticker.read() - lastRenewal >= RENEW.toNanos()) {
                renew();
            }
            if (!held) {
                return 0;
            }
            cursors.writeDue();
            return read();
        } catch (JedisException e) {
            startOver(e);
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            if (held) {
                cursors.write();
                lane.giveUp();
            }
        } catch (JedisException e) {
            log.debug("{} could not give up its lease, which ends by itself", name(), e);
        }
        redis.close();
    }

    private void renew() {
        boolean heldBefore = held;
        held = lane.hold();
        lastRenewal = ticker.read();
        if (held && !heldBefore) {
            log.debug("{} is this server's", name());
            shards.clear();
            cursors.forget();
        }
        if (held) {
            namespaces.all().forEach(this::claim);
        }
    }

    private long longAgo() {
        return ticker.read() - RENEW.toNanos();
    }

    private void claim(String namespace) {
        shards.computeIfAbsent(namespace, lane::claim);
    }

    private int read() {
        IdentityHashMap<byte[], StreamEntryID> from = new IdentityHashMap<>();
        Map<String, String> namespaceOf = new HashMap<>();
        shards.forEach((namespace, state) -> {
            byte[] key = RedisJournal.key(namespace, lane.shard());
            from.put(key, state.cursor());
            namespaceOf.put(SafeEncoder.encode(key), namespace);
        });
        from.put(OPENED, opened);
        int block = (int) cursors.rest(LONGEST_BLOCK).toMillis();
        List<Map.Entry<byte[], List<StreamEntryBinary>>> streams =
                redis.xreadBinary(XReadParams.xReadParams().count(MOST_TOGETHER).block(block), from);
        if (streams == null) {
            return 1;
        }
        JedisException failure = null;
        for (Map.Entry<byte[], List<StreamEntryBinary>> stream : streams) {
            String key = SafeEncoder.encode(stream.getKey());
            List<StreamEntryBinary> entries = stream.getValue();
            if (key.equals(Namespaces.OPENED)) {
                opened = entries.get(entries.size() - 1).getID();
                namespaces.all().forEach(this::claim);
            } else {
                failure = dispatchOrFail(namespaceOf.getOrDefault(key, ""), entries, failure);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return 1;
    }

    /** Dispatches one namespace; a connection that broke ends the round, any other failure is this namespace's own. */
    private @Nullable JedisException dispatchOrFail(
            String namespace, List<StreamEntryBinary> entries, @Nullable JedisException earlier) {
        try {
            dispatch(namespace, journal.facts(lane.shard(), entries));
            return earlier;
        } catch (JedisConnectionException e) {
            throw e;
        } catch (JedisException e) {
            shards.remove(namespace);
            watch.doubt(namespace);
            return e;
        }
    }

    private void dispatch(String namespace, List<JournalledFact> facts) {
        requireWholeIndex(namespace);
        long started = System.nanoTime();
        recent.remember(namespace, facts);
        ShardState state = Objects.requireNonNull(shards.get(namespace));
        Set<SubscriptionRef> woken = dispatcher.dispatch(namespace, facts, state.recorded());
        StreamEntryID last = Dispatcher.position(facts.get(facts.size() - 1).id());
        ring.ring(woken);
        cursors.reached(namespace, last);
        shards.put(namespace, state.advancedTo(last));
        meters.dispatched(facts, System.nanoTime() - started, clock.millis());
    }

    private void requireWholeIndex(String namespace) {
        long now = ticker.read();
        Long found = foundWhole.get(namespace);
        if (found != null && now - found < TRUST.toNanos()) {
            return;
        }
        watch.requireCompared(namespace);
        if (!index.isWhole(namespace)) {
            watch.mend(namespace);
            throw new PartialAnswerException("the index of " + namespace + " does not hold every interest yet");
        }
        foundWhole.put(namespace, now);
    }

    /** Redis may have been restarted, or another server may have claimed a shard: believe nothing that was read. */
    private void startOver(JedisException e) {
        meters.failed();
        foundWhole.clear();
        shards.clear();
        cursors.forget();
        namespaces.forgetOpened();
        lastRenewal = longAgo();
        if (e instanceof JedisConnectionException) {
            watch.doubtAll();
        }
        if (RedisLane.isFenced(e)) {
            log.info("{} was claimed by another server", name());
        }
    }
}
