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
 * hands them to those who wait already. Wakes in doubt are put aside, to be asked about by others.
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
    private final QuestionBell bell;
    private final DispatchMeters meters;

    Dispatcher(
            RedisClient redis,
            RedisFunctions functions,
            Matcher matcher,
            RedisMatchJournal record,
            RedisLane lane,
            Handing handing,
            QuestionBell bell,
            DispatchMeters meters) {
        this.redis = redis;
        this.functions = functions;
        this.matcher = matcher;
        this.record = record;
        this.lane = lane;
        this.handing = handing;
        this.bell = bell;
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
        List<MatchSet> matched = new Decided(matcher, record, namespace, lane.shard(), sets).of(fresh);
        sets.addAll(matched);
        Map<SubscriptionRef, List<Object>> wakes = new LinkedHashMap<>();
        Map<SubscriptionRef, List<Object>> inDoubt = new LinkedHashMap<>();
        for (MatchSet set : sets) {
            set.matches().forEach(match -> add(wakes, namespace, set.fact(), match, false));
            set.told().forEach(match -> add(wakes, namespace, set.fact(), match, true));
            set.inDoubt().forEach(match -> add(inDoubt, namespace, set.fact(), match, false));
        }
        write(namespace, matched, wakes, inDoubt);
        if (!inDoubt.isEmpty()) {
            bell.ring();
        }
        meters.decided(namespace, matched);
        return wakes.keySet();
    }

    private void write(
            String namespace,
            List<MatchSet> matched,
            Map<SubscriptionRef, List<Object>> wakes,
            Map<SubscriptionRef, List<Object>> inDoubt) {
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
            for (Map.Entry<SubscriptionRef, List<Object>> asking : inDoubt.entrySet()) {
                InboxKeys keys = new InboxKeys(asking.getKey());
                answers.add(functions.call(
                        pipeline,
                        RedisFunction.ASK_ABOUT_WAKES,
                        List.of(keys.meta(), keys.questions()),
                        asking.getValue()));
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

    /** Adds to what an inbox is to be called with: the shard, then position, revision and id of each wake in order. */
    private void add(
            Map<SubscriptionRef, List<Object>> wakes, String namespace, FactId fact, Match match, boolean retracted) {
        InterestRef interest = match.interest();
        List<Object> arguments = wakes.computeIfAbsent(
                new SubscriptionRef(namespace, interest.subscription()),
                inbox -> new ArrayList<>(List.of(lane.shard())));
        arguments.add(fact.milliseconds());
        arguments.add(fact.sequence());
        arguments.add(interest.revision());
        arguments.add(new WakeId(fact, interest.revision(), retracted, null));
    }

    static StreamEntryID position(FactId id) {
        return new StreamEntryID(id.milliseconds(), id.sequence());
    }
}
