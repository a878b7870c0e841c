package io.thoughtbus.server.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.util.KeyValue;

/** Add numbers to a stream, and know which of them Redis has answered for. */
final class Writers {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String STREAM = "facts";
    private static final int LONGEST_FSYNC_MILLIS = 5_000;

    private final RedisServer server;
    private final AtomicLong next = new AtomicLong();
    private final Queue<Long> answered = new ConcurrentLinkedQueue<>();

    Writers(RedisServer server) {
        this.server = server;
    }

    /** Adds this many numbers, one after the other. */
    void write(int numbers) {
        try (RedisClient redis = server.client()) {
            for (int i = 0; i < numbers; i++) {
                add(redis);
            }
        }
    }

    /** Adds numbers until Redis takes no more. Answers how that showed. */
    JedisException writeUntilRefused() {
        try (RedisClient redis = new RedisClients(server.address()).dedicated()) {
            while (true) {
                add(redis);
            }
        } catch (JedisException e) {
            return e;
        }
    }

    /** Adds this many numbers and waits until Redis says that they are on disk. Answers them. */
    Set<Long> writeAndSync(int numbers) {
        try (RedisClient redis = server.client();
                Pipeline pipeline = redis.pipelined()) {
            Set<Long> added = new TreeSet<>();
            for (int i = 0; i < numbers; i++) {
                long number = next.getAndIncrement();
                pipeline.xadd(STREAM, XAddParams.xAddParams(), entry(number));
                added.add(number);
            }
            Response<KeyValue<Long, Long>> synced = pipeline.waitAOF(1, 0, LONGEST_FSYNC_MILLIS);
            pipeline.sync();
            if (synced.get().getKey() < 1) {
                throw new IllegalStateException("Redis did not sync within " + LONGEST_FSYNC_MILLIS + " ms");
            }
            answered.addAll(added);
            return added;
        }
    }

    /** Adds numbers from several threads while something happens to Redis, which must end it. */
    void writeUntilItEnds(int threads, int atLeast, Runnable happening) {
        int before = answered.size();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread writer = new Thread(this::writeUntilRefused, "writer-" + i);
            writer.start();
            writers.add(writer);
        }
        try {
            Awaitility.await().atMost(SOON).until(() -> answered.size() >= before + atLeast);
            happening.run();
        } finally {
            server.kill();
        }
        for (Thread writer : writers) {
            Awaitility.await().atMost(SOON).until(() -> !writer.isAlive());
        }
    }

    /** The numbers that Redis has answered for. */
    Set<Long> answered() {
        return new TreeSet<>(answered);
    }

    /** The numbers that Redis has now. */
    Set<Long> kept() {
        try (RedisClient redis = server.client()) {
            Set<Long> kept = new TreeSet<>();
            redis.xrange(STREAM, (StreamEntryID) null, null)
                    .forEach(entry -> kept.add(Long.parseLong(entry.getFields().get("n"))));
            return kept;
        }
    }

    private void add(RedisClient redis) {
        long number = next.getAndIncrement();
        redis.xadd(STREAM, XAddParams.xAddParams(), entry(number));
        answered.add(number);
    }

    private static Map<String, String> entry(long number) {
        return Map.of("n", Long.toString(number));
    }
}
