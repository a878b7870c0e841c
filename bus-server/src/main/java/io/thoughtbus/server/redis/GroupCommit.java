package io.thoughtbus.server.redis;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.KeyValue;

/**
 * Waits until what was written before is on disk, for many at the same time: one small write and one {@code WAITAOF}
 * after it cover everything that Redis carried out before that write, whoever sent it.
 *
 * <p>A restart or failover between the writes of others and that write would make the wait prove nothing about them.
 * Therefore everyone names the {@link History} of their writes, asked for before these were sent, and the commit asks
 * again after its own write: only if it is the same was nothing lost in between.
 */
public final class GroupCommit implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
    private static final int LANES = 4;
    private static final int MOST_WAITING = 128;
    private static final Duration LONGEST_FSYNC = Duration.ofSeconds(2);
    private static final long ASK_REPLICAS_EVERY_MILLIS = 20;

    /** Under {@code everysec} a quarter of a second: then who comes late waits hardly longer than who comes alone. */
    private static final SharedTrips.Bounds BOUNDS =
            new SharedTrips.Bounds(LANES, MOST_WAITING, Duration.ofMillis(250), LONGEST_FSYNC.multipliedBy(2));

    private final RedisClient redis;
    private final SharedTrips<History, Reached> onDisk = new SharedTrips<>(BOUNDS, any -> 1, any -> commit(0));
    private final SharedTrips<History, Reached> onReplica = new SharedTrips<>(BOUNDS, any -> 1, any -> commit(1));
    private final Semaphore places = new Semaphore(MOST_WAITING);

    GroupCommit(RedisClients clients) {
        this.redis = clients.tested(2 * LANES);
    }

    /** Takes a place among those who wait, before there is anything to wait for; false if there is none. */
    public boolean enter() {
        return places.tryAcquire();
    }

    /** Gives the place back. */
    public void leave() {
        places.release();
    }

    /**
     * Waits for a second or two, until the disk has everything that this history held before the call.
     *
     * @param replica whether to wait for the disk of a replica too
     * @return what was reached; unknown if Redis failed, or lives another history by now, so that all may be lost
     */
    public Copies reach(History history, boolean replica) {
        try {
            Reached reached = (replica ? onReplica : onDisk).join(history);
            return reached.history().equals(history) ? reached.copies() : Copies.UNKNOWN;
        } catch (JedisDataException e) {
            log.debug("Redis does not wait for its disk", e);
            return String.valueOf(e.getMessage()).startsWith("ERR") ? Copies.NONE : Copies.UNKNOWN;
        } catch (JedisException e) {
            log.debug("It is not known what reached the disk", e);
            return Copies.UNKNOWN;
        }
    }

    @Override
    public void close() {
        redis.close();
    }

    private Reached commit(int replicas) {
        long end = System.nanoTime() + LONGEST_FSYNC.toNanos();
        try (Pipeline pipeline = redis.pipelined()) {
            Response<String> mark = pipeline.set(RedisKeys.COMMIT, "");
            History.Question history = History.ask(pipeline);
            Copies copies;
            do {
                // a replica tells what it has on disk when it is asked, and that is asked once by each WAITAOF
                long wait = replicas == 0 ? LONGEST_FSYNC.toMillis() : ASK_REPLICAS_EVERY_MILLIS;
                Response<KeyValue<Long, Long>> synced = pipeline.waitAOF(1, replicas, wait);
                pipeline.sync();
                mark.get();
                copies = new Copies(
                        synced.get().getKey() >= 1, synced.get().getValue().intValue());
            } while (!(copies.local() && copies.replicas() >= replicas) && System.nanoTime() < end);
            return new Reached(history.answer(), copies);
        }
    }

    /**
     * Where something is on disk.
     *
     * @param local whether on that of the server itself
     * @param replicas on those of how many replicas; -1 where nothing is known, not even that it is still in memory
     */
    public record Copies(boolean local, int replicas) {
        static final Copies NONE = new Copies(false, 0);
        static final Copies UNKNOWN = new Copies(false, -1);

        /** Whether what was written is still there, on disk or not. */
        public boolean isKnown() {
            return !equals(UNKNOWN);
        }
    }

    private record Reached(History history, Copies copies) {}
}
