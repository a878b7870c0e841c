package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * How many facts descend from one, however the chains of causes branch. Each counts once; one with an idempotency key is
 * known by that, so that its repetition does not count.
 */
@Component
final class RedisDescendants {
    private static final Duration WINDOW = Duration.ofDays(1);

    private final RedisFunctions functions;
    private final RandomGenerator random;
    private final int most;

    RedisDescendants(RedisFunctions functions, RandomGenerator random, JournalProperties properties) {
        this.functions = functions;
        this.random = random;
        this.most = properties.maxDescendants();
    }

    /** How many facts may descend from one. */
    int most() {
        return most;
    }

    /** Queues the counting of facts of one root; the answer is there once the pipeline is synchronized. */
    Supplier<Counted> queue(Pipeline pipeline, String namespace, FactId root, List<FactDraft> drafts) {
        List<String> keys =
                List.of(RedisKeys.shard(namespace, root.shard(), "descendants:" + RedisJournal.position(root)));
        List<Object> arguments = new ArrayList<>(List.of(most, WINDOW.toMillis()));
        drafts.forEach(draft -> arguments.add(
                draft.key() == null ? HexFormat.of().toHexDigits(random.nextLong()) : RedisClaims.name(draft)));
        Response<Object> answer = functions.call(pipeline, RedisFunction.COUNT_DESCENDANTS, keys, arguments);
        return () -> counted(answer, keys, arguments);
    }

    private Counted counted(Response<Object> queued, List<String> keys, List<Object> arguments) {
        List<?> answer;
        try {
            answer = (List<?>) queued.get();
        } catch (JedisDataException e) {
            if (!RedisFunctions.isNotLoaded(e)) {
                throw e;
            }
            answer = (List<?>) functions.call(RedisFunction.COUNT_DESCENDANTS, keys, arguments);
        }
        return new Counted(
                Duration.ofMillis((Long) answer.get(0)),
                ((List<?>) answer.get(1)).stream().map(Long.valueOf(1)::equals).toList());
    }

    /**
     * What became of some facts.
     *
     * @param left how long until counting begins anew
     * @param counts for each fact whether it is one of those that may be
     */
    record Counted(Duration left, List<Boolean> counts) {}
}
