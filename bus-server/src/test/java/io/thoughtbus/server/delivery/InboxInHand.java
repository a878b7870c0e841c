package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.WakeVerdict;
import io.thoughtbus.protocol.WakeVerdict.Kind;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisInHand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;

/** One subscription's inbox without a bus around it. */
final class InboxInHand {
    static final long REVISION = 7;
    static final Duration SHORT = Duration.ofMillis(100);
    static final Duration LONG = Duration.ofMinutes(5);

    private final SubscriptionRef subscription = new SubscriptionRef(Fresh.namespace(), "military");
    private final InboxKeys keys = new InboxKeys(subscription);
    private final RedisClient redis = RedisInHand.client();
    private final RedisInbox inbox;

    private InboxInHand(RandomGenerator random) {
        this.inbox = new RedisInbox(RedisInHand.functions(), random);
    }

    /** An inbox whose leases outlast the test. */
    static InboxInHand open() {
        return open(DeliverySettings.USUAL.withLease(LONG));
    }

    static InboxInHand open(DeliverySettings settings) {
        return open(settings, new Random(1));
    }

    static InboxInHand open(DeliverySettings settings, RandomGenerator random) {
        InboxInHand opened = new InboxInHand(random);
        opened.inbox.open(opened.subscription, REVISION, settings);
        return opened;
    }

    SubscriptionRef subscription() {
        return subscription;
    }

    InboxKeys keys() {
        return keys;
    }

    RedisInbox inbox() {
        return inbox;
    }

    /** Owes facts of one shard, as the dispatcher does; answers how many are new. */
    long owe(FactId... facts) {
        return owe(REVISION, facts);
    }

    long owe(long revision, FactId... facts) {
        return (Long) RedisInHand.functions()
                .call(RedisFunction.ADD_WAKES, List.of(keys.inbox(), keys.meta()), arguments(revision, facts));
    }

    /** Facts of one shard as the functions want them. */
    List<Object> arguments(long revision, FactId... facts) {
        List<Object> arguments = new ArrayList<>(List.of(facts[0].shard()));
        for (FactId fact : facts) {
            arguments.addAll(List.of(fact.milliseconds(), fact.sequence(), revision, WakeId.of(fact, revision)));
        }
        return arguments;
    }

    /** Owes so many facts of one shard; answers with the wakes in order. */
    List<String> oweSome(int count) {
        FactId[] facts = IntStream.range(0, count)
                .mapToObj(i -> new FactId(0, 1_000 + i / 3, i % 3))
                .toArray(FactId[]::new);
        owe(facts);
        return wakes(facts);
    }

    static List<String> wakes(FactId... facts) {
        return Arrays.stream(facts)
                .map(fact -> WakeId.of(fact, REVISION).toString())
                .toList();
    }

    Handover take(int most) {
        return take(most, "");
    }

    Handover take(int most, String stream) {
        return inbox.take(new TakeOrder(subscription, most, stream)).orElseThrow();
    }

    /** What a taker gets now. */
    List<String> taken(int most) {
        return take(most).wakes().stream().map(Handover.Given::wake).toList();
    }

    VerdictOutcome settle(String wake, Kind verdict) {
        return settle(wake, verdict, null, null, null);
    }

    VerdictOutcome defer(String wake, @Nullable Duration delay) {
        return settle(wake, Kind.LATER, delay, null, null);
    }

    VerdictOutcome settle(
            String wake, Kind verdict, @Nullable Duration delay, @Nullable String reason, @Nullable Integer attempt) {
        return inbox.settle(subscription, List.of(new WakeVerdict(wake, verdict, delay, reason, null, attempt)))
                .orElseThrow()
                .get(0);
    }

    /** Takes the only wake and defers it until it is in hand for this attempt. */
    void bringToAttempt(String wake, int attempt) {
        for (int i = 1; i < attempt; i++) {
            taken(1);
            defer(wake, Duration.ZERO);
        }
        taken(1);
    }

    /** The wakes that are owed, in the order they are due. */
    List<String> owed() {
        return redis.zrange(keys.inbox(), 0, -1);
    }

    List<String> dead() {
        return redis.zrange(keys.dead(), 0, -1);
    }

    /** Why a wake was given up. */
    @Nullable
    String epitaph(String wake) {
        return redis.hget(keys.epitaphs(), wake);
    }
}
