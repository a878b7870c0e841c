package io.thoughtbus.server.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.json.JsonMapper;

class RedisMatchJournalTest {
    private static final int SHARD = 3;
    private static final String SERVER = "this-server";
    private static final Match MILITARY = new Match(new InterestRef("military", 7), 1, 0.1 + 0.2, 1.0 / 3);
    private static final Match PARCELS = new Match(new InterestRef("parcels.late_1", 8), 2, -0.25, -1);

    private final String namespace = Fresh.namespace();
    private final RedisClient redis = RedisInHand.client();
    private final RedisMatchJournal journal = new RedisMatchJournal(
            redis, RedisInHand.functions(), JsonMapper.builder().build());

    @BeforeEach
    void claim() {
        RedisInHand.functions()
                .call(
                        RedisFunction.CLAIM_SHARD,
                        List.of(
                                RedisKeys.shard(namespace, SHARD, "dispatch"),
                                RedisKeys.shard(namespace, SHARD, "matches")),
                        List.of(SERVER));
    }

    @Test
    void tellsForWhomTheGuardStoppedAFact() {
        MatchSet set = new MatchSet(
                fact(5, 2), List.of(MILITARY), List.of(new MatchSet.Stop(PARCELS, Qualifier.SOMEBODY_ELSE)));
        MatchSet stopped = new MatchSet(fact(5, 3), List.of(), List.of(new MatchSet.Stop(MILITARY, Qualifier.PAST)));

        assertThat(record(set, stopped)).isTrue();

        assertThat(journal.range(namespace, SHARD, fact(5, 2), fact(5, 3))).containsExactly(set, stopped);
    }

    @Test
    void tellsWhichPartOfAnInterestWasReached() {
        Match part = new Match(MILITARY.interest(), 1, 0.5, 0.25, 3);
        MatchSet matched = new MatchSet(fact(5, 2), List.of(part, PARCELS), List.of());
        MatchSet stopped = new MatchSet(fact(5, 3), List.of(), List.of(new MatchSet.Stop(part, Qualifier.PAST)));
        MatchSet doubted = new MatchSet(fact(5, 4), List.of(), List.of(), List.of(part));

        assertThat(record(matched, stopped, doubted)).isTrue();

        assertThat(journal.range(namespace, SHARD, fact(5, 2), fact(5, 4))).containsExactly(matched, stopped, doubted);
    }

    @Test
    void tellsForWhomTheSecondStageDecides() {
        MatchSet set = new MatchSet(
                fact(5, 2), List.of(), List.of(new MatchSet.Stop(PARCELS, Qualifier.PAST)), List.of(MILITARY));

        assertThat(record(set)).isTrue();

        assertThat(journal.range(namespace, SHARD, fact(5, 2), fact(5, 2))).containsExactly(set);
        assertThat(journal.find(namespace, fact(5, 2), MILITARY.interest())).contains(MILITARY);
    }

    @Test
    void readsWhatWasRecordedBeforeThereWereDoubtsOrAGuard() {
        redis.xadd(
                RedisKeys.shard(namespace, SHARD, "matches"),
                new StreamEntryID(5, 2),
                Map.of("m", "[[\"military\",7,1,0.30000000000000004,0.3333333333333333]]"));

        assertThat(journal.range(namespace, SHARD, fact(5, 2), fact(5, 2)))
                .containsExactly(new MatchSet(fact(5, 2), List.of(MILITARY), List.of()));
    }

    @Test
    void tellsWhoIsToldThatAnEarlierFactNoLongerHolds() {
        MatchSet retraction = new MatchSet(fact(5, 2), List.of(), List.of()).telling(List.of(PARCELS));
        MatchSet superseding = new MatchSet(fact(5, 3), List.of(MILITARY), List.of()).telling(List.of(PARCELS));

        assertThat(record(retraction, superseding)).isTrue();

        assertThat(journal.range(namespace, SHARD, fact(5, 2), fact(5, 3))).containsExactly(retraction, superseding);
        assertThat(journal.find(namespace, fact(5, 3), PARCELS.interest())).contains(PARCELS);
    }

    @Test
    void tellsWhatWasRecordedToTheBit() {
        MatchSet first = new MatchSet(fact(5, 2), List.of(MILITARY, PARCELS), List.of());
        MatchSet second = new MatchSet(fact(5, 10), List.of(PARCELS), List.of());

        assertThat(record(first, second)).isTrue();

        assertThat(journal.range(namespace, SHARD, fact(5, 2), fact(5, 10))).containsExactly(first, second);
    }

    @Test
    void whatWasRecordedFirstStays() {
        MatchSet first = new MatchSet(fact(5, 0), List.of(MILITARY), List.of());
        record(first);

        assertThat(record(new MatchSet(fact(5, 0), List.of(MILITARY, PARCELS), List.of())))
                .isFalse();

        assertThat(journal.range(namespace, SHARD, fact(5, 0), fact(5, 0))).containsExactly(first);
    }

    @Test
    void recordingTheSameAgainIsNotedAndChangesNothing() {
        MatchSet set = new MatchSet(fact(5, 0), List.of(MILITARY), List.of());
        record(set);

        assertThat(record(set)).isFalse();
        assertThat(journal.range(namespace, SHARD, fact(0, 0), fact(9, 0))).containsExactly(set);
    }

    @Test
    void nothingIsRecordedBehindWhatWasRecorded() {
        record(new MatchSet(fact(5, 0), List.of(MILITARY), List.of()));

        assertThat(record(new MatchSet(fact(4, 0), List.of(PARCELS), List.of())))
                .isFalse();

        assertThat(journal.range(namespace, SHARD, fact(4, 0), fact(4, 9))).isEmpty();
    }

    @Test
    void theNewOnesOfAMixedBatchAreRecorded() {
        MatchSet known = new MatchSet(fact(5, 0), List.of(MILITARY), List.of());
        MatchSet fresh = new MatchSet(fact(6, 0), List.of(PARCELS), List.of());
        record(known);

        assertThat(record(known, fresh)).isFalse();

        assertThat(journal.range(namespace, SHARD, fact(5, 0), fact(6, 0))).containsExactly(known, fresh);
    }

    @Test
    void aFactWithoutAMatchLeavesNoEntry() {
        assertThat(record(
                        new MatchSet(fact(5, 0), List.of(), List.of()),
                        new MatchSet(fact(6, 0), List.of(MILITARY), List.of()),
                        new MatchSet(fact(7, 0), List.of(), List.of())))
                .isTrue();

        assertThat(journal.range(namespace, SHARD, fact(0, 0), fact(9, 0)))
                .extracting(MatchSet::fact)
                .containsExactly(fact(6, 0));
    }

    @Test
    void aRangeIncludesBothEndsAndNothingBeyond() {
        for (int i = 1; i <= 5; i++) {
            record(new MatchSet(fact(5, i), List.of(MILITARY), List.of()));
        }

        assertThat(journal.range(namespace, SHARD, fact(5, 2), fact(5, 4)))
                .extracting(MatchSet::fact)
                .containsExactly(fact(5, 2), fact(5, 3), fact(5, 4));
    }

    @Test
    void findsTheMatchOfOneVersionOfASubscription() {
        record(new MatchSet(fact(5, 0), List.of(MILITARY, PARCELS), List.of()));

        assertThat(journal.find(namespace, fact(5, 0), PARCELS.interest())).contains(PARCELS);
        assertThat(journal.find(namespace, fact(5, 0), new InterestRef("parcels.late_1", 9)))
                .isEmpty();
        assertThat(journal.find(namespace, fact(6, 0), PARCELS.interest())).isEmpty();
    }

    private boolean record(MatchSet... sets) {
        Response<Object> answer;
        try (Pipeline pipeline = redis.pipelined()) {
            answer = journal.record(pipeline, namespace, SHARD, SERVER, List.of(sets));
        }
        return RedisMatchJournal.isRecorded(answer);
    }

    private static FactId fact(long milliseconds, long sequence) {
        return new FactId(SHARD, milliseconds, sequence);
    }
}
