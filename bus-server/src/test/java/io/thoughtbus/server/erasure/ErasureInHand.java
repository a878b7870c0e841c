package io.thoughtbus.server.erasure;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisSource;
import io.thoughtbus.server.redis.RedisTime;
import io.thoughtbus.server.redis.TestRedis;
import io.thoughtbus.server.trail.Trail;
import java.time.Instant;
import java.util.List;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;
import tools.jackson.databind.json.JsonMapper;

/** One erasure, carried out step by step through a client of a test's own. */
public final class ErasureInHand {
    private final ErasureRef ref;
    private final RedisErasures erasures;
    private final ErasureRun run;

    private ErasureInHand(ErasureRef ref, RedisClient redis, List<ErasureGate> gates, List<ErasurePart> parts) {
        this.ref = ref;
        this.erasures = erasures(redis);
        this.run = new ErasureRun(
                erasures,
                JournalInHand.whole(redis, null),
                JournalInHand.erased(redis),
                gates,
                parts,
                new Rewriting(
                        redis, RedisInHand.functions(), RedisSource.external(TestRedis.address()), System::nanoTime),
                new RedisTime(redis),
                trail(redis));
    }

    /** Keeps the loops of a bus that runs in this JVM, or lets them, from carrying out what a test begins. */
    public static void keepLoopsAway(boolean away) {
        String lease = RedisKeys.registry("lock:erasure");
        if (away) {
            RedisInHand.client().set(lease, "a test", SetParams.setParams().ex(600));
        } else {
            RedisInHand.client().del(lease);
        }
    }

    /** Notes that the facts of a subject up to a position are to be erased. */
    public static void intend(String namespace, String id, String subject, FactId last) {
        erasures(RedisInHand.client())
                .intend(
                        new ErasureRef(namespace, id),
                        new StoredErasure.Plan(subject, List.of(), "asked for", Instant.ofEpochSecond(1), last));
    }

    /** An erasure that was noted. */
    public static ErasureInHand of(
            String namespace, String id, RedisClient redis, List<ErasureGate> gates, List<ErasurePart> parts) {
        return new ErasureInHand(new ErasureRef(namespace, id), redis, gates, parts);
    }

    /** What tells how many facts of a subject were erased. */
    public static Erasures told() {
        RedisClient redis = RedisInHand.client();
        ErasureInHand none = of("none", "none", redis, List.of(), List.of());
        return new Erasures(
                JournalInHand.namespaces(),
                new Shards(1),
                JournalInHand.journal(),
                none.erasures,
                none.run,
                new RedisTime(redis),
                trail(redis),
                System::nanoTime);
    }

    /** Goes on as far as it goes now. */
    public void carryOut() {
        boolean more = true;
        while (more) {
            more = run.step(ref);
        }
    }

    /** Whether it is done, and no loop looks after it any more. */
    public boolean isDone() {
        return erasures.find(ref).filter(erasure -> erasure.endedAt() != null).isPresent()
                && !erasures.running().contains(ref);
    }

    /** What its record names. */
    public List<FactId> erased() {
        return erasures.erased(ref, 0, 1_000);
    }

    private static Trail trail(RedisClient redis) {
        return new Trail(
                RedisInHand.functions().through(redis), JsonMapper.builder().build());
    }

    private static RedisErasures erasures(RedisClient redis) {
        return new RedisErasures(
                redis,
                RedisInHand.functions().through(redis),
                JsonMapper.builder().build());
    }
}
