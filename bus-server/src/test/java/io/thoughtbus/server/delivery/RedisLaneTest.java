package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.matching.RedisMatchJournal;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.json.JsonMapper;

class RedisLaneTest {
    /** Beyond the shards of the buses that other tests run on the same Redis. */
    private static final AtomicInteger NEXT_SHARD = new AtomicInteger(1_000);

    private static final Duration LONG = Duration.ofMinutes(5);

    private final String namespace = Fresh.namespace();
    private final RedisClient redis = RedisInHand.client();
    private final int shard = NEXT_SHARD.getAndIncrement();
    private final RedisLane first = lane(LONG);
    private final RedisLane second = lane(LONG);
    private final RedisMatchJournal journal = new RedisMatchJournal(
            redis, RedisInHand.functions(), JsonMapper.builder().build());

    @Test
    void oneServerHoldsALaneAndRenewsIt() {
        assertThat(first.hold()).isTrue();
        assertThat(second.hold()).isFalse();
        assertThat(first.hold()).isTrue();
    }

    @Test
    void aClaimNotesFromWhereOnAnotherModelOrGuardDecides() {
        first.claim(namespace);
        first.advance(namespace, new StreamEntryID(5, 2));
        second.claim(namespace);

        new RedisLane(RedisInHand.functions(), shard, LONG, "model other").claim(namespace);

        assertThat(redis.xrange(RedisKeys.shard(namespace, shard, "history"), "-", "+"))
                .extracting(StreamEntry::getFields)
                .containsExactly(Map.of("m", "model guard", "a", "0-0"), Map.of("m", "model other", "a", "5-2"));
    }

    @Test
    void aLaneGivenUpIsFreeAtOnce() {
        first.hold();

        first.giveUp();

        assertThat(second.hold()).isTrue();
    }

    @Test
    void givingUpALaneThatAnotherHoldsChangesNothing() {
        second.hold();

        first.giveUp();

        assertThat(first.hold()).isFalse();
    }

    @Test
    void aLaneWhoseLeaseIsNotRenewedGoesToTheNext() {
        RedisLane silent = lane(Duration.ofMillis(50));
        silent.hold();

        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(first::hold);

        assertThat(silent.hold()).isFalse();
    }

    @Test
    void aFreshShardStartsAtItsBeginning() {
        assertThat(first.claim(namespace)).isEqualTo(new ShardState(new StreamEntryID(0, 0), new StreamEntryID(0, 0)));
    }

    @Test
    void aClaimTellsHowFarTheOneBeforeHasCome() {
        first.claim(namespace);
        first.advance(namespace, new StreamEntryID(5, 1));
        record(first, new FactId(shard, 5, 3));

        assertThat(second.claim(namespace)).isEqualTo(new ShardState(new StreamEntryID(5, 1), new StreamEntryID(5, 3)));
    }

    @Test
    void theCursorOfAServerThatLostTheShardIsFenced() {
        first.claim(namespace);
        second.claim(namespace);
        second.advance(namespace, new StreamEntryID(7, 0));

        assertThatThrownBy(() -> first.advance(namespace, new StreamEntryID(5, 0)))
                .isInstanceOfSatisfying(
                        JedisDataException.class,
                        refusal -> assertThat(RedisLane.isFenced(refusal)).isTrue());
        assertThat(second.claim(namespace).cursor()).isEqualTo(new StreamEntryID(7, 0));
    }

    @Test
    void theRecordsOfAServerThatLostTheShardAreFenced() {
        FactId fact = new FactId(shard, 5, 0);
        first.claim(namespace);
        second.claim(namespace);

        Response<Object> refused = record(first, fact);

        assertThatThrownBy(refused::get)
                .isInstanceOfSatisfying(
                        JedisDataException.class,
                        refusal -> assertThat(RedisLane.isFenced(refusal)).isTrue());
        assertThat(journal.range(namespace, shard, fact, fact)).isEmpty();
        assertThat(RedisMatchJournal.isRecorded(record(second, fact))).isTrue();
    }

    @Test
    void aShardThatNobodyHasClaimedTakesNoRecords() {
        assertThatThrownBy(record(first, new FactId(shard, 5, 0))::get)
                .isInstanceOf(JedisDataException.class)
                .hasMessageStartingWith("FENCED");
    }

    @Test
    void onlyAFencedCommandIsFenced() {
        assertThat(RedisLane.isFenced(new JedisDataException("WRONGTYPE of a key")))
                .isFalse();
        assertThat(RedisLane.isFenced(new IllegalStateException("FENCED"))).isFalse();
    }

    private Response<Object> record(RedisLane lane, FactId fact) {
        MatchSet set = new MatchSet(fact, List.of(new Match(new InterestRef("military", 7), 1, 0.5, 0.4)), List.of());
        try (Pipeline pipeline = redis.pipelined()) {
            return journal.record(pipeline, namespace, shard, lane.token(), List.of(set));
        }
    }

    private RedisLane lane(Duration lease) {
        return new RedisLane(RedisInHand.functions(), shard, lease, "model guard");
    }
}
