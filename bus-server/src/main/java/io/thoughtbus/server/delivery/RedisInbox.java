package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.WakeVerdict;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.util.SafeEncoder;

/**
 * The inboxes: for each subscription a schedule of wakes by the time they are next due. Taking a wake moves its time
 * by the lease, deferring it by the delay, and finishing it removes it; so a dead taker's wakes come back by
 * themselves. All times are those of Redis.
 */
@Component
final class RedisInbox {
    /** What a stream is given before its reader has taken it. */
    private static final int MOST_IN_A_TURN = 32;

    private final RedisFunctions functions;
    private final RandomGenerator random;

    RedisInbox(RedisFunctions functions, RandomGenerator random) {
        this.functions = functions;
        this.random = random;
    }

    /** Makes the inbox of a new subscription, or changes the settings of one that is there. */
    void open(SubscriptionRef subscription, long revision, DeliverySettings settings) {
        functions.call(
                RedisFunction.OPEN_INBOX,
                List.of(new InboxKeys(subscription).meta()),
                List.of(
                        revision,
                        settings.lease().toMillis(),
                        settings.maxAttempts(),
                        settings.backoff().toMillis()));
    }

    /** Removes an inbox with all that is in it. */
    void remove(SubscriptionRef subscription) {
        InboxKeys keys = new InboxKeys(subscription);
        functions.call(
                RedisFunction.REMOVE_INBOX,
                keys.allAnd(keys.judgements(), keys.questions()),
                List.of(keys.heldPrefix()));
    }

    /** Hands wakes over to a taker; empty for a subscription that is not there. */
    Optional<Handover> take(TakeOrder order) {
        return handover(functions.call(RedisFunction.TAKE_WAKES, keysOf(order), argumentsOf(order)));
    }

    /** Queues the same; the answer is there once the pipeline is synchronized. */
    Supplier<Optional<Handover>> queueTake(Pipeline pipeline, TakeOrder order) {
        Response<Object> answer = functions.call(pipeline, RedisFunction.TAKE_WAKES, keysOf(order), argumentsOf(order));
        return () -> handover(answer.get());
    }

    /** Hands over again what a stream was given after an event that its reader has seen. */
    Optional<Handover> resume(TakeOrder order, long seen) {
        InboxKeys keys = new InboxKeys(order.subscription());
        List<?> answer = (List<?>) functions.call(
                RedisFunction.RESUME_WAKES,
                List.of(keys.inbox(), keys.meta(), keys.attempts(), keys.heldPrefix() + order.stream()),
                List.of(order.stream(), seen));
        return answer == null
                ? Optional.empty()
                : Optional.of(new Handover(
                        time(answer.get(0)), time(answer.get(1)), Optional.empty(), given((List<?>) answer.get(2))));
    }

    /** Takes back what a taker was given and did not live to see. */
    void release(SubscriptionRef subscription, List<Handover.Given> wakes) {
        InboxKeys keys = new InboxKeys(subscription);
        List<Object> arguments = new ArrayList<>();
        wakes.forEach(given -> {
            arguments.add(given.wake());
            arguments.add(given.attempt());
        });
        functions.call(RedisFunction.RELEASE_WAKES, List.of(keys.inbox(), keys.attempts()), arguments);
    }

    /**
     * Gives up wakes because what they are about is no longer true, if nobody has taken them since.
     *
     * @param erased those of them whose facts were erased
     * @param unseen how many of their attempts did not reach the subscriber
     */
    long expire(SubscriptionRef subscription, List<Handover.Given> wakes, Set<String> erased, int unseen) {
        InboxKeys keys = new InboxKeys(subscription);
        List<Object> arguments = new ArrayList<>(List.of(keys.heldPrefix(), unseen));
        wakes.forEach(given -> {
            arguments.add(given.wake());
            arguments.add(given.attempt());
            arguments.add(erased.contains(given.wake()) ? "erased" : "expired");
        });
        return (Long) functions.call(RedisFunction.EXPIRE_WAKES, keys.all(), arguments);
    }

    /** Gives up wakes because their facts were erased, and forgets what subscribers said of them. */
    void erase(SubscriptionRef subscription, List<String> wakes) {
        InboxKeys keys = new InboxKeys(subscription);
        List<Object> arguments = new ArrayList<>(List.of(keys.heldPrefix()));
        arguments.addAll(wakes);
        functions.call(RedisFunction.ERASE_WAKES, keys.allAnd(keys.questions()), arguments);
    }

    /** Keeps wakes in hand for longer; for each whether it was in hand, and until when. */
    Optional<Extension> extend(SubscriptionRef subscription, List<String> wakes, @Nullable Duration lease) {
        InboxKeys keys = new InboxKeys(subscription);
        List<Object> arguments = new ArrayList<>();
        arguments.add(lease == null ? "" : lease.toMillis());
        arguments.addAll(wakes);
        List<?> answer = (List<?>) functions.call(
                RedisFunction.EXTEND_LEASES, List.of(keys.inbox(), keys.meta(), keys.attempts()), arguments);
        return answer == null
                ? Optional.empty()
                : Optional.of(new Extension(
                        time(answer.get(0)),
                        ((List<?>) answer.get(1))
                                .stream().map(Long.valueOf(1)::equals).toList()));
    }

    /** Carries out verdicts; empty for a subscription that is not there. */
    Optional<List<VerdictOutcome>> settle(SubscriptionRef subscription, List<WakeVerdict> verdicts) {
        InboxKeys keys = new InboxKeys(subscription);
        List<Object> arguments = new ArrayList<>();
        arguments.add(keys.heldPrefix());
        for (WakeVerdict verdict : verdicts) {
            arguments.add(verdict.wake());
            arguments.add(verdict.verdict().name().toLowerCase(Locale.ROOT));
            arguments.add(verdict.attempt() == null ? "" : verdict.attempt());
            arguments.add(verdict.delay() == null ? "" : verdict.delay().toMillis());
            arguments.add(0.75 + random.nextDouble() / 2);
            arguments.add(verdict.reason() == null ? "" : verdict.reason());
            arguments.add(verdict.relevant() == null ? "" : verdict.relevant() ? 1 : 0);
        }
        List<?> answer =
                (List<?>) functions.call(RedisFunction.SETTLE_WAKES, keys.allAnd(keys.judgements()), arguments);
        return answer == null
                ? Optional.empty()
                : Optional.of(answer.stream()
                        .map(outcome -> VerdictOutcome.of((List<?>) outcome))
                        .toList());
    }

    private static List<String> keysOf(TakeOrder order) {
        InboxKeys keys = new InboxKeys(order.subscription());
        return order.stream().isEmpty() ? keys.all() : keys.allAnd(keys.heldPrefix() + order.stream());
    }

    private static List<Object> argumentsOf(TakeOrder order) {
        return List.of(
                order.most(),
                order.stream(),
                new InboxKeys(order.subscription()).heldPrefix(),
                order.stream().isEmpty() ? order.most() : MOST_IN_A_TURN);
    }

    private static Optional<Handover> handover(@Nullable Object raw) {
        if (raw == null) {
            return Optional.empty();
        }
        List<?> answer = (List<?>) raw;
        byte[] next = (byte[]) answer.get(2);
        return Optional.of(new Handover(
                time(answer.get(0)),
                time(answer.get(1)),
                next.length == 0 ? Optional.empty() : Optional.of(time(next)),
                given((List<?>) answer.get(3))));
    }

    private static List<Handover.Given> given(List<?> flat) {
        List<Handover.Given> wakes = new ArrayList<>(flat.size() / 3);
        for (int i = 0; i < flat.size(); i += 3) {
            wakes.add(new Handover.Given(
                    SafeEncoder.encode((byte[]) flat.get(i)), ((Long) flat.get(i + 1)).intValue(), (Long)
                            flat.get(i + 2)));
        }
        return wakes;
    }

    static Instant time(Object milliseconds) {
        return Instant.ofEpochMilli((long) Double.parseDouble(SafeEncoder.encode((byte[]) milliseconds)));
    }

    /**
     * What became of a wish to keep wakes in hand.
     *
     * @param leaseUntil until when those held are
     * @param held for each wake whether it was in hand
     */
    record Extension(Instant leaseUntil, List<Boolean> held) {}
}
