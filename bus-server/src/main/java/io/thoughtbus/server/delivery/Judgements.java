package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.FactId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** What subscribers said about the wakes that they settled: whether those were relevant. */
@Component
public final class Judgements {
    private static final int MOST = 1_000;

    private final RedisClient redis;

    Judgements(RedisClient redis) {
        this.redis = redis;
    }

    /**
     * Which of some subscriptions were told of this many judgements or more since a position, and of each the position of
     * the last.
     *
     * @param since for each subscription a position, which does not count
     */
    public Map<SubscriptionRef, String> fresh(Map<SubscriptionRef, String> since, int fewest) {
        Map<SubscriptionRef, Response<List<StreamEntry>>> answers = new LinkedHashMap<>();
        try (Pipeline pipeline = redis.pipelined()) {
            since.forEach((ref, position) ->
                    answers.put(ref, pipeline.xrevrange(new InboxKeys(ref).judgements(), "+", "(" + position, fewest)));
        }
        Map<SubscriptionRef, String> fresh = new LinkedHashMap<>();
        answers.forEach((ref, answer) -> {
            if (answer.get().size() == fewest) {
                fresh.put(ref, answer.get().get(0).getID().toString());
            }
        });
        return fresh;
    }

    /** How many judgements came after a time, counted up to some number. */
    public int since(SubscriptionRef subscription, Instant time, int most) {
        return redis.xrange(
                        new InboxKeys(subscription).judgements(),
                        new StreamEntryID(time.toEpochMilli(), 0),
                        StreamEntryID.MAXIMUM_ID,
                        most)
                .size();
    }

    /** The judgements of facts that are remembered, the newest first. */
    public List<Judgement> all(SubscriptionRef subscription) {
        List<Judgement> all = new ArrayList<>();
        for (StreamEntry said : redis.xrevrange(
                new InboxKeys(subscription).judgements(), StreamEntryID.MAXIMUM_ID, StreamEntryID.MINIMUM_ID, MOST)) {
            WakeId.parse(said.getFields().getOrDefault("w", ""))
                    .filter(id -> !id.retracted())
                    .ifPresent(id -> all.add(new Judgement(
                            id.fact(),
                            Instant.ofEpochMilli(said.getID().getTime()),
                            "1".equals(said.getFields().get("r")))));
        }
        return all;
    }

    /** The facts judged last, the newest judgement first, and whether each was relevant; what was said last counts. */
    public Map<FactId, Boolean> newest(SubscriptionRef subscription) {
        Map<FactId, Boolean> relevant = new LinkedHashMap<>();
        all(subscription).forEach(said -> relevant.putIfAbsent(said.fact(), said.relevant()));
        return relevant;
    }

    /** That somebody called a fact relevant, or irrelevant. */
    public record Judgement(FactId fact, Instant at, boolean relevant) {}
}
