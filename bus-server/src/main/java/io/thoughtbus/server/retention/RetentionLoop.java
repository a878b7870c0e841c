package io.thoughtbus.server.retention;

import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.journal.RedisErased;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.RedisModels;
import io.thoughtbus.server.journal.RedisWithdrawals;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.loop.Loop;
import io.thoughtbus.server.loop.Round;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.StreamEntryID;

/** Trims the journal of every namespace once a minute, on one server at a time. */
final class RetentionLoop implements Loop {
    private static final Logger log = LoggerFactory.getLogger(RetentionLoop.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private static final StreamEntryID NOTHING_NEEDED = new StreamEntryID(Long.MAX_VALUE, Long.MAX_VALUE);

    private final RedisFunctions functions;
    private final Namespaces namespaces;
    private final Shards shards;
    private final RedisModels models;
    private final List<FactNeed> needs;
    private final RetentionProperties properties;
    private final RedisLease lease;
    private volatile boolean stopping;

    RetentionLoop(
            RedisFunctions functions,
            Namespaces namespaces,
            Shards shards,
            RedisModels models,
            List<FactNeed> needs,
            RetentionProperties properties) {
        this.functions = functions;
        this.namespaces = namespaces;
        this.shards = shards;
        this.models = models;
        this.needs = List.copyOf(needs);
        this.properties = properties;
        this.lease = new RedisLease(functions, RedisKeys.registry("lock:retention"), EVERY.multipliedBy(3));
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public Duration rest() {
        return EVERY;
    }

    @Override
    public void stop() {
        stopping = true;
    }

    @Override
    public int doWork() {
        if (lease.hold()) {
            Round.of(namespaces.all(), this::trim);
        }
        return 0;
    }

    @Override
    public void close() {
        try {
            lease.giveUp();
        } catch (RuntimeException e) {
            log.debug("The lease of retention could not be given up and ends by itself", e);
        }
    }

    /** Drops what a namespace's journal need not keep, and returns how many facts that were. */
    long trim(String namespace) {
        Map<Integer, StreamEntryID> needed = new HashMap<>();
        for (FactNeed need : needs) {
            need.oldest(namespace).forEach((shard, position) -> needed.merge(shard, position, RetentionLoop::first));
        }
        Set<String> tags = models.tags();
        long dropped = 0;
        for (int shard = 0; shard < shards.count(); shard++) {
            dropped += trim(namespace, shard, tags, needed.getOrDefault(shard, NOTHING_NEEDED));
        }
        if (dropped > 0) {
            log.info("{} facts of {} were too old or too many and have left the journal", dropped, namespace);
        }
        return dropped;
    }

    private long trim(String namespace, int shard, Set<String> tags, StreamEntryID needed) {
        List<String> keys = new ArrayList<>(List.of(
                RedisKeys.shard(namespace, shard, "facts"),
                RedisKeys.shard(namespace, shard, "matches"),
                RedisKeys.shard(namespace, shard, "dispatch"),
                RedisWithdrawals.key(namespace, shard),
                RedisErased.key(namespace, shard),
                RedisKeys.shard(namespace, shard, "answers:")));
        tags.forEach(tag -> keys.add(RedisJournal.memoryPrefix(namespace, shard, tag)));
        long dropped = 0;
        long step;
        do {
            step = (Long) functions.call(
                    RedisFunction.TRIM_FACTS,
                    keys,
                    List.of(properties.age().toMillis(), needed, properties.facts() / shards.count()));
            dropped += step;
        } while (step > 0 && !stopping);
        return dropped;
    }

    private static StreamEntryID first(StreamEntryID a, StreamEntryID b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
