package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.matching.Matcher;
import io.thoughtbus.server.matching.RedisMatchJournal;
import io.thoughtbus.server.redis.PartialAnswerException;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Takes facts of one shard from the journal to the inboxes: matches them, records the matches, owes the wakes and
 * hands them to those who wait already.
 * Every step may be repeated: a record is written once, and an inbox takes each position of a shard once.
 */
final class Dispatcher {
    private static final int CALLS_TOGETHER = 1_000;

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final Matcher matcher;
    private final RedisMatchJournal record;
    private final RedisLane lane;
    private final Handing handing;
    private final DispatchMeters meters;

    Dispatcher(
            RedisClient redis,
            RedisFunctions functions,
            Matcher matcher,
            RedisMatchJournal record,
            RedisLane lane,
            Handing handing,
            DispatchMeters meters) {
        this.redis = redis;
        this.functions = functions;
        this.matcher = matcher;
        this.record = record;
        this.lane = lane;
        this.handing = handing;
        this.meters = meters;
    }

    /**
     * Dispatches facts in the order of the journal.
     *
     * @param recorded matches up to here have been recorded before, and are owed as recorded
     * @return the subscriptions that were woken
     */
    Set<SubscriptionRef> dispatch(String namespace, List<JournalledFact> facts, StreamEntryID recorded) {
        List<JournalledFact> fresh = facts.stream()
                .filter(fact -> position(fact.id()).compareTo(recorded) > 0)
                .toList();
        List<MatchSet> sets = new ArrayList<>();
        if (fresh.size() < facts.size()) {
            FactId first = facts.get(0).id();
            sets.addAll(record.range(
                    namespace,
                    lane.shard(),
                    first,
                    facts.get(facts.size() - fresh.size() - 1).id()));
        }
        List<MatchSet> matched = fresh.isEmpty() ? List.of() : matcher.match(namespace, lane.shard(), fresh);
        sets.addAll(matched);
        Map<SubscriptionRef, List<Object>> wakes = wakes(namespace, sets);
        write(namespace, matched, wakes);
        meters.stopped(matched);
        return wakes.keySet();
    }

    private void write(String namespace, List<MatchSet> matched, Map<SubscriptionRef, List<Object>> wakes) {
        List<Response<Object>> answers = new ArrayList<>();
        List<Handing.Turn> turns = new ArrayList<>();

        boolean anyRecord = matched.stream().anyMatch(set -> !set.isEmpty());
        try (Pipeline pipeline = redis.pipelined()) {
            Response<Object> written =
                    anyRecord ? record.record(pipeline, namespace, lane.shard(), lane.token(), matched) : null;
            int queued = 0;
            for (Map.Entry<SubscriptionRef, List<Object>> inbox : wakes.entrySet()) {
                InboxKeys keys = new InboxKeys(inbox.getKey());
                answers.add(functions.call(
                        pipeline, RedisFunction.ADD_WAKES, List.of(keys.inbox(), keys.meta()), inbox.getValue()));
                handing.queue(pipeline, inbox.getKey()).ifPresent(turns::add);
                if (++queued % CALLS_TOGETHER == 0) {
                    pipeline.sync();
                }
            }
            pipeline.sync();
            if (written != null && !RedisMatchJournal.isRecorded(written)) {
                throw new PartialAnswerException("other matches had been recorded for facts of " + namespace);
            }
            answers.forEach(Response::get);
        } catch (RuntimeException e) {
            handing.abandon(turns);
            if (e instanceof JedisDataException failed) {
                functions.loadIfGone(failed);
            }
            throw e;
        }
        handing.hand(turns);
    }

    /** What each inbox is to be called with: the shard, then position, revision and id of each wake in order. */
    private Map<SubscriptionRef, List<Object>> wakes(String namespace, List<MatchSet> sets) {
        Map<SubscriptionRef, List<Object>> wakes = new LinkedHashMap<>();
        for (MatchSet set : sets) {
            for (Match match : set.matches()) {
                InterestRef interest = match.interest();
                List<Object> arguments = wakes.computeIfAbsent(
                        new SubscriptionRef(namespace, interest.subscription()),
                        inbox -> new ArrayList<>(List.of(lane.shard())));
                arguments.add(set.fact().milliseconds());
                arguments.add(set.fact().sequence());
                arguments.add(interest.revision());
                arguments.add(WakeId.of(set.fact(), interest.revision()));
            }
        }
        return wakes;
    }

    static StreamEntryID position(FactId id) {
        return new StreamEntryID(id.milliseconds(), id.sequence());
    }
}
