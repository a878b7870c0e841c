package io.thoughtbus.server.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;

class RedisActivationsTest {
    private static final String SUBSCRIPTION = "military";
    private static final InterestRef FIRST = new InterestRef(SUBSCRIPTION, 7);
    private static final InterestRef SECOND = new InterestRef(SUBSCRIPTION, 9);

    private final String namespace = Fresh.namespace();
    private final RedisClient redis = RedisInHand.client();
    private final RedisActivations activations = new RedisActivations(redis, RedisInHand.functions(), new Shards(2));

    @Test
    void aVersionComesIntoForceAfterTheLastFactOfEachShard() {
        append(0, "5-1");
        append(0, "5-2");

        List<FactId> after = activations.activate(namespace, FIRST);

        assertThat(after).containsExactly(new FactId(0, 5, 2), new FactId(1, 0, 0));
        assertThat(inForce(0, 5, 2)).isEmpty();
        assertThat(inForce(0, 5, 3)).hasValue(7);
        assertThat(inForce(1, 1, 0)).hasValue(7);
    }

    @Test
    void aVersionComesIntoForceAfterAFactThatIsNoLongerInTheJournal() {
        append(0, "5-1");
        redis.xdel(RedisKeys.shard(namespace, 0, "facts"), new StreamEntryID("5-1"));

        assertThat(activations.activate(namespace, FIRST)).startsWith(new FactId(0, 5, 1));
    }

    @Test
    void activatingAgainChangesNothing() {
        append(0, "5-1");
        List<FactId> first = activations.activate(namespace, FIRST);
        append(0, "6-0");

        List<FactId> again = activations.activate(namespace, FIRST);

        assertThat(again).isEqualTo(first);
        assertThat(stored(0)).isEqualTo("7@5-1");
    }

    @Test
    void activatingAgainWhatHasBeenSupersededChangesNothing() {
        append(0, "5-1");
        List<FactId> first = activations.activate(namespace, FIRST);
        append(0, "6-0");
        activations.activate(namespace, SECOND);

        assertThat(activations.activate(namespace, FIRST)).isEqualTo(first);
        assertThat(stored(0)).isEqualTo("7@5-1,9@6-0");
    }

    @Test
    void aRevisionThatEndsLikeAnotherIsAnother() {
        activations.activate(namespace, new InterestRef(SUBSCRIPTION, 17));

        activations.activate(namespace, FIRST);

        assertThat(stored(0)).isEqualTo("17@0-0,7@0-0");
    }

    @Test
    void everyVersionDecidesTheFactsBetweenItsActivationAndTheNext() {
        append(0, "5-1");
        activations.activate(namespace, FIRST);
        append(0, "6-0");
        activations.activate(namespace, SECOND);

        assertThat(inForce(0, 5, 1)).isEmpty();
        assertThat(inForce(0, 6, 0)).hasValue(7);
        assertThat(inForce(0, 6, 1)).hasValue(9);
    }

    @Test
    void pruningWaitsUntilTheCursorOfEveryShardHasReachedTheActivation() {
        activations.activate(namespace, FIRST);
        append(0, "5-2");
        append(1, "8-0");
        activations.activate(namespace, SECOND);

        cursor(0, "5-1");
        assertThat(activations.prune(namespace, SECOND)).isFalse();
        assertThat(stored(0)).isEqualTo("7@0-0,9@5-2");

        cursor(0, "5-2");
        assertThat(activations.prune(namespace, SECOND)).isFalse();
        assertThat(stored(0)).isEqualTo("9@5-2");
        assertThat(stored(1)).isEqualTo("7@0-0,9@8-0");

        cursor(1, "8-3");
        assertThat(activations.prune(namespace, SECOND)).isTrue();
        assertThat(stored(1)).isEqualTo("9@8-0");
    }

    @Test
    void theCursorIsComparedAsAPositionAndNotAsAText() {
        activations.activate(namespace, FIRST);
        append(0, "9-10");
        activations.activate(namespace, SECOND);

        cursor(0, "9-9");
        assertThat(activations.prune(namespace, SECOND)).isFalse();

        cursor(0, "10-0");
        assertThat(activations.prune(namespace, SECOND)).isTrue();
    }

    @Test
    void pruningKeepsTheVersionsAfter() {
        activations.activate(namespace, FIRST);
        activations.activate(namespace, SECOND);
        activations.activate(namespace, new InterestRef(SUBSCRIPTION, 12));

        assertThat(activations.prune(namespace, SECOND)).isTrue();
        assertThat(stored(0)).isEqualTo("9@0-0,12@0-0");
    }

    @Test
    void pruningWhatHasEndedIsDone() {
        assertThat(activations.prune(namespace, SECOND)).isTrue();
    }

    @Test
    void anEndedSubscriptionDecidesNothingAndOthersStay() {
        activations.activate(namespace, FIRST);
        activations.activate(namespace, new InterestRef("parcels", 8));

        activations.end(namespace, SUBSCRIPTION);

        Map<String, VersionChain> chains = activations.chains(namespace, 0, List.of(SUBSCRIPTION, "parcels"));
        FactId fact = new FactId(0, 1, 0);
        assertThat(Objects.requireNonNull(chains.get(SUBSCRIPTION)).inForceAt(fact))
                .isEmpty();
        assertThat(Objects.requireNonNull(chains.get("parcels")).inForceAt(fact))
                .hasValue(8);
    }

    private void append(int shard, String position) {
        redis.xadd(RedisKeys.shard(namespace, shard, "facts"), new StreamEntryID(position), Map.of("f", "{}"));
    }

    private void cursor(int shard, String position) {
        redis.hset(RedisKeys.shard(namespace, shard, "dispatch"), "cursor", position);
    }

    private String stored(int shard) {
        return String.valueOf(redis.hget(RedisKeys.shard(namespace, shard, "active"), SUBSCRIPTION));
    }

    private OptionalLong inForce(int shard, long milliseconds, long sequence) {
        return Objects.requireNonNull(activations
                        .chains(namespace, shard, List.of(SUBSCRIPTION))
                        .get(SUBSCRIPTION))
                .inForceAt(new FactId(shard, milliseconds, sequence));
    }
}
