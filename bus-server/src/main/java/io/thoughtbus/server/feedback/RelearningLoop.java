package io.thoughtbus.server.feedback;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.server.delivery.Judgements;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.learning.Unlabelled;
import io.thoughtbus.server.loop.Loop;
import io.thoughtbus.server.recent.NewestFacts;
import io.thoughtbus.server.redis.RedisLease;
import io.thoughtbus.server.subscription.RedisLearners;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Looks twice a minute, by one server at a time, which subscriptions that learn by themselves have something to learn,
 * and lets one after the other learn it, with four times as long a rest after each, so that facts go first.
 */
final class RelearningLoop implements Loop {
    static final Duration EVERY = Duration.ofSeconds(30);

    /** How many new verdicts are worth a new version. */
    static final int FEWEST_VERDICTS = 5;

    /** For how long a text is left alone that facts have taught, or cannot teach as it is. */
    private static final Duration SETTLED_FOR = Duration.ofHours(1);

    private static final int RESTS = 4;
    private static final Duration IDLE = Duration.ofMillis(500);

    private final RedisLease lease;
    private final RedisLearners learners;
    private final Judgements judgements;
    private final NewestFacts newest;
    private final Relearning relearning;
    private final Ticker ticker;
    private final Deque<Runnable> duties = new ArrayDeque<>();
    private final Set<SubscriptionRef> settled = new HashSet<>();
    private long nextRound;
    private long settledAt;
    private Duration rest = IDLE;

    RelearningLoop(
            RedisLease lease,
            RedisLearners learners,
            Judgements judgements,
            NewestFacts newest,
            Relearning relearning,
            Ticker ticker) {
        this.lease = lease;
        this.learners = learners;
        this.judgements = judgements;
        this.newest = newest;
        this.relearning = relearning;
        this.ticker = ticker;
        this.nextRound = ticker.read();
        this.settledAt = ticker.read();
    }

    @Override
    public String name() {
        return "relearning";
    }

    @Override
    public Duration rest() {
        return rest;
    }

    @Override
    public int doWork() {
        rest = IDLE;
        if (duties.isEmpty() && ticker.read() - nextRound >= 0) {
            nextRound = ticker.read() + EVERY.toNanos();
            if (lease.hold()) {
                look();
            }
        }
        Runnable duty = duties.poll();
        if (duty != null && lease.hold()) {
            long started = ticker.read();
            duty.run();
            rest = Duration.ofNanos(ticker.read() - started).multipliedBy(RESTS);
        }
        return 0;
    }

    private void look() {
        Map<SubscriptionRef, String> known = new LinkedHashMap<>();
        learners.all().forEach((name, position) -> known.put(SubscriptionRef.parse(name), position));
        Map<SubscriptionRef, String> fresh = judgements.fresh(known, FEWEST_VERDICTS);
        fresh.forEach((ref, position) -> duties.add(() -> relearning.fromVerdicts(ref, position)));
        if (ticker.read() - settledAt >= SETTLED_FOR.toNanos()) {
            settledAt = ticker.read();
            settled.clear();
        }
        List<SubscriptionRef> open = known.keySet().stream()
                .filter(ref -> !fresh.containsKey(ref) && !settled.contains(ref))
                .toList();
        Map<String, Boolean> worthwhile = open.stream()
                .map(SubscriptionRef::namespace)
                .distinct()
                .collect(Collectors.toMap(namespace -> namespace, this::hasEnoughFacts));
        open.stream()
                .filter(ref -> worthwhile.getOrDefault(ref.namespace(), false))
                .forEach(ref -> duties.add(() -> learnFromFacts(ref)));
    }

    private void learnFromFacts(SubscriptionRef ref) {
        if (relearning.fromFacts(ref)) {
            settled.add(ref);
        }
    }

    private boolean hasEnoughFacts(String namespace) {
        AtomicInteger facts = new AtomicInteger();
        newest.forEach(namespace, Unlabelled.FEWEST, (fact, reading) -> facts.incrementAndGet());
        return facts.get() >= Unlabelled.FEWEST;
    }
}
