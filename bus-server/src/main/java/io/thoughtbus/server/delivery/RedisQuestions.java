package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.SecondStageAnswer;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisTime;
import io.thoughtbus.server.subscription.StoredSubscription;
import io.thoughtbus.server.subscription.SubscriptionPart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.util.SafeEncoder;
import tools.jackson.databind.json.JsonMapper;

/**
 * The wakes in doubt: for each subscription a schedule of when to ask about them next. Taking a question moves its time by
 * the lease, so that those of a server that died come back by themselves.
 */
@Component
public final class RedisQuestions implements SubscriptionPart {
    private static final String ASKING = RedisKeys.registry("asking");
    private static final int TOGETHER = 1_000;

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final RedisTime time;
    private final Ring ring;
    private final JsonMapper json;

    RedisQuestions(RedisClient redis, RedisFunctions functions, RedisTime time, Ring ring, JsonMapper json) {
        this.redis = redis;
        this.functions = functions;
        this.time = time;
        this.ring = ring;
        this.json = json;
    }

    @Override
    public void prepare(String namespace, StoredSubscription version) {
        if (version.draft().secondStage() != null) {
            redis.sadd(ASKING, new SubscriptionRef(namespace, version.id()).toString());
        }
    }

    @Override
    public void remove(String namespace, String subscription) {
        redis.srem(ASKING, new SubscriptionRef(namespace, subscription).toString());
    }

    /** The subscriptions that may have wakes in doubt. */
    public List<SubscriptionRef> asking() {
        return redis.smembers(ASKING).stream().map(SubscriptionRef::parse).toList();
    }

    /** Those of some subscriptions that have questions that are due. */
    public List<SubscriptionRef> due(List<SubscriptionRef> all) {
        List<SubscriptionRef> found = new ArrayList<>();
        for (int from = 0; from < all.size(); from += TOGETHER) {
            List<SubscriptionRef> some = all.subList(from, Math.min(all.size(), from + TOGETHER));
            double now = time.now().toEpochMilli();
            List<Response<Long>> due = new ArrayList<>();
            try (Pipeline pipeline = redis.pipelined()) {
                some.forEach(subscription -> due.add(pipeline.zcount(new InboxKeys(subscription).questions(), 0, now)));
            }
            for (int i = 0; i < some.size(); i++) {
                if (due.get(i).get() > 0) {
                    found.add(some.get(i));
                }
            }
        }
        return found;
    }

    /**
     * Takes questions that are due; nobody else is given them until the lease ends.
     *
     * @param dueFor only those that have been due for so long
     */
    public Taken take(SubscriptionRef subscription, int most, Duration lease, Duration dueFor) {
        List<?> answer = (List<?>) functions.call(
                RedisFunction.TAKE_QUESTIONS,
                List.of(new InboxKeys(subscription).questions()),
                List.of(most, lease.toMillis(), dueFor.toMillis()));
        return new Taken(
                RedisInbox.time(answer.get(0)),
                (Long) answer.get(1),
                ((List<?>) answer.get(2))
                        .stream()
                                .map(wake -> SafeEncoder.encode((byte[]) wake))
                                .map(wake -> WakeId.parse(wake)
                                        .orElseThrow(() -> new IllegalStateException("the questions hold " + wake)))
                                .toList());
    }

    /** Ends questions, and owes those wakes that were answered so; each may be ended again, and is noted once. */
    public void end(SubscriptionRef subscription, Map<WakeId, End> answers) {
        InboxKeys keys = new InboxKeys(subscription);
        List<Object> arguments = new ArrayList<>();
        answers.forEach((wake, end) -> {
            arguments.add(wake);
            arguments.add(wake.fact().milliseconds());
            arguments.add(end.isOwed() ? 1 : 0);
            arguments.add(json.writeValueAsString(end.answer()));
        });
        Object owed = functions.call(
                RedisFunction.ANSWER_QUESTIONS, List.of(keys.inbox(), keys.meta(), keys.questions()), arguments);
        if ((Long) owed > 0) {
            ring.ring(List.of(subscription));
        }
    }

    /** How a question ends: what was answered, and whether the wake is owed for it. */
    public record End(SecondStageAnswer answer, boolean isOwed) {}

    /**
     * Some questions.
     *
     * @param now by Redis' clock
     * @param waiting how many the subscription has, those taken included
     */
    public record Taken(Instant now, long waiting, List<WakeId> wakes) {}
}
