package io.thoughtbus.server.audit;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.redis.LedgerSwitchProperties;
import io.thoughtbus.server.redis.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** Finds what became of the wakes of facts: in the ledger, and in the trails of what it has not taken yet. */
@Component
public final class WakeHistory {
    private static final int MOST_OF_A_FACT = 10_000;
    private static final int MOST_WAITING = 20_000;
    private static final int TOGETHER = 1_000;

    private final RedisClient redis;
    private final boolean enabled;
    private final Gaps gaps;

    WakeHistory(RedisClient redis, LedgerSwitchProperties properties) {
        this.redis = redis;
        this.gaps = new Gaps(redis);
        this.enabled = properties.enabled();
    }

    /**
     * What became of the wakes of some facts, each act once, those of one wake in their order.
     *
     * @param subscriptions in whose trails to look for what the ledger has not taken yet
     */
    public Told of(String namespace, Collection<FactId> facts, Collection<String> subscriptions) {
        List<String> missing = new ArrayList<>();
        if (!enabled) {
            missing.add("the ledger is off, so what becomes of wakes is not recorded");
        }
        List<Waiting> waiting = waiting(namespace, List.copyOf(subscriptions), missing);
        missing.addAll(gaps.of(namespace, facts, subscriptions));
        LedgerKeys keys = new LedgerKeys(namespace);
        List<String> cursors = subscriptions.stream().map(LedgerWriter::trail).toList();
        LedgerHead head = RedisLedger.head(redis, namespace, cursors);
        List<WakeAct> acts = new ArrayList<>(taken(keys, head, List.copyOf(facts), missing));
        for (Waiting trail : waiting) {
            String cursor = head.trail(LedgerWriter.trail(trail.subscription()));
            trail.acts().stream()
                    .filter(act -> act.isAfter(cursor))
                    .filter(act -> act.fact().filter(facts::contains).isPresent())
                    .flatMap(act -> WakeAct.of(act.of(trail.subscription()).canonical()).stream())
                    .forEach(acts::add);
        }
        return new Told(acts, missing);
    }

    /** The trails come before the ledger, so that what it takes in between is found in one of them at least. */
    private List<Waiting> waiting(String namespace, List<String> subscriptions, List<String> missing) {
        int most = Math.max(1, MOST_WAITING / Math.max(1, subscriptions.size()));
        List<Response<List<byte[]>>> answers = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            for (String subscription : subscriptions) {
                byte[] trail = RedisKeys.bytes(LedgerKeys.trail(namespace, subscription));
                answers.add(pipeline.lrange(trail, 0, most - 1L));
            }
        }
        List<Waiting> waiting = new ArrayList<>();
        for (int i = 0; i < subscriptions.size(); i++) {
            List<byte[]> lines = answers.get(i).get();
            waiting.add(new Waiting(
                    subscriptions.get(i), lines.stream().map(NotedAct::parse).toList()));
            if (lines.size() == most) {
                missing.add("of what the ledger has not taken yet of " + subscriptions.get(i) + " only the oldest "
                        + most + " acts are looked at");
            }
        }
        return waiting;
    }

    private List<WakeAct> taken(LedgerKeys keys, LedgerHead head, List<FactId> facts, List<String> missing) {
        Response<List<StreamEntry>> oldest;
        List<Response<List<String>>> answers = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            oldest = pipeline.xrange(keys.records(), RedisLedger.recordId(head.indexed()), StreamEntryID.MAXIMUM_ID, 1);
            facts.forEach(fact -> answers.add(pipeline.lrange(keys.acts() + fact, 0, MOST_OF_A_FACT)));
        }
        List<Long> leaves = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            List<String> its = answers.get(i).get();
            its.stream().map(Long::valueOf).filter(leaf -> leaf < head.size()).forEach(leaves::add);
            if (its.size() > MOST_OF_A_FACT) {
                missing.add("of " + facts.get(i) + " only the first " + MOST_OF_A_FACT + " acts are known");
            }
        }
        missBefore(oldest.get(), head, facts, missing);
        return records(keys, leaves, missing);
    }

    /** Says what is too old to be found, if it may be of one of the facts. */
    private static void missBefore(
            List<StreamEntry> oldest, LedgerHead head, List<FactId> facts, List<String> missing) {
        boolean isWhole = head.indexed() == 0
                && (head.size() == 0
                        || (!oldest.isEmpty() && oldest.get(0).getID().getTime() == 1));
        long known = isWhole ? 0 : oldest.isEmpty() ? head.at() : appended(oldest.get(0));
        if (facts.stream().anyMatch(fact -> fact.milliseconds() < known)) {
            missing.add("what the ledger took before " + Instant.ofEpochMilli(known) + " is not found any more");
        }
    }

    private List<WakeAct> records(LedgerKeys keys, List<Long> leaves, List<String> missing) {
        List<WakeAct> acts = new ArrayList<>();
        int gone = 0;
        for (int from = 0; from < leaves.size(); from += TOGETHER) {
            List<Response<List<StreamEntry>>> answers = new ArrayList<>();
            try (Pipeline pipeline = redis.pipelined()) {
                for (long leaf : leaves.subList(from, Math.min(leaves.size(), from + TOGETHER))) {
                    StreamEntryID id = RedisLedger.recordId(leaf);
                    answers.add(pipeline.xrange(keys.records(), id, id));
                }
            }
            for (Response<List<StreamEntry>> answer : answers) {
                Optional<Map<String, String>> fields =
                        answer.get().stream().findFirst().map(StreamEntry::getFields);
                fields.map(record -> record.get("b"))
                        .flatMap(record -> WakeAct.of(record.getBytes(StandardCharsets.UTF_8)))
                        .ifPresent(acts::add);
                gone += fields.isPresent() ? 0 : 1;
            }
        }
        if (gone > 0) {
            missing.add("the records of " + gone + " acts are gone");
        }
        return acts;
    }

    private static long appended(StreamEntry record) {
        return Long.parseLong(Objects.requireNonNull(record.getFields().get("t")));
    }

    private record Waiting(String subscription, List<NotedAct> acts) {}

    /**
     * What became of wakes.
     *
     * @param missing what cannot be told, in words
     */
    public record Told(List<WakeAct> acts, List<String> missing) {
        public Told {
            acts = List.copyOf(acts);
            missing = List.copyOf(missing);
        }
    }
}
