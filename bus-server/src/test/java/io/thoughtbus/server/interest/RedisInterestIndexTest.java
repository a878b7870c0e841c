package io.thoughtbus.server.interest;

import static io.thoughtbus.server.interest.InterestsInHand.interest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;

class RedisInterestIndexTest {
    private static final HashingEmbedder EMBEDDER = new HashingEmbedder();
    private static final Embedding LATE = EMBEDDER.embed("a parcel is late");
    private static final Embedding LOST = EMBEDDER.embed("a parcel is lost");
    private static final Embedding WEATHER = EMBEDDER.embed("it rains today");

    private final String namespace = Fresh.namespace();
    private final RedisClient redis = RedisInHand.client();
    private final RedisInterestIndex index = InterestsInHand.index(EMBEDDER);
    private final Interests interests = InterestsInHand.interests(EMBEDDER);

    @BeforeEach
    void open() {
        index.open(namespace);
        await().atMost(Duration.ofSeconds(10)).until(() -> index.isWhole(namespace));
    }

    @Test
    void answersForEachFactOnItsOwnInTheFactsOrder() {
        interests.add(namespace, interest("late.parcels_1-x", 1, LATE, 0.9, null));
        interests.add(namespace, interest("parcels", 2, LOST, 0.5, null));

        List<List<InterestRef>> candidates = index.candidates(namespace, List.of(LATE, WEATHER, LOST));

        assertThat(candidates.get(0))
                .containsExactlyInAnyOrder(new InterestRef("late.parcels_1-x", 1), new InterestRef("parcels", 2));
        assertThat(candidates.get(1)).isEmpty();
        assertThat(candidates.get(2)).containsExactly(new InterestRef("parcels", 2));
    }

    @Test
    void findsMoreInterestsThanOneAnswerUsuallyHolds() {
        List<InterestRef> all = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            interests.add(namespace, interest("s" + i, i, LATE, 0.5, null));
            all.add(new InterestRef("s" + i, i));
        }

        List<List<InterestRef>> candidates = index.candidates(namespace, List.of(LATE, WEATHER, LATE));

        assertThat(candidates.get(0)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(candidates.get(1)).isEmpty();
        assertThat(candidates.get(2)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aDroppedIndexThrowsAndIsNeverAnEmptyAnswer() {
        interests.add(namespace, interest("parcels", 1, LATE, 0.5, null));
        redis.ftDropIndex(indexName());

        assertThatThrownBy(() -> index.candidates(namespace, List.of(LATE))).isInstanceOf(JedisDataException.class);
        assertThatThrownBy(() -> index.nearest(namespace, LATE, 5)).isInstanceOf(JedisDataException.class);
    }

    @Test
    void aDroppedIndexIsMadeAgainAndHoldsEverythingOnceItIsWhole() {
        for (int i = 0; i < 300; i++) {
            interests.add(namespace, interest("s" + i, i, LATE, 0.5, null));
        }
        redis.ftDropIndex(indexName());

        assertThat(index.isWhole(namespace)).isFalse();

        await().atMost(Duration.ofSeconds(10)).until(() -> index.isWhole(namespace));
        assertThat(index.candidates(namespace, List.of(LATE)).get(0)).hasSize(300);
    }

    @Test
    void isNotWholeWhileAnInterestIsMissing() {
        interests.add(namespace, interest("parcels", 1, LATE, 0.5, null));
        interests.add(namespace, interest("weather", 2, WEATHER, 0.5, null));
        assertThat(index.isWhole(namespace)).isTrue();

        redis.del(index.key(namespace, new InterestRef("weather", 2)));

        assertThat(index.isWhole(namespace)).isFalse();

        interests.add(namespace, interest("weather", 2, WEATHER, 0.5, null));

        assertThat(index.isWhole(namespace)).isTrue();
    }

    @Test
    void aRetiredInterestIsNotFoundBySearchAndStillByName() {
        InterestRef ref = new InterestRef("parcels", 1);
        interests.add(namespace, interest("parcels", 1, LATE, 0.5, "attributes.amount > 1"));

        interests.retire(namespace, ref);

        assertThat(index.candidates(namespace, List.of(LATE)).get(0)).isEmpty();
        assertThat(index.isWhole(namespace)).isTrue();
        assertThat(interests.find(namespace, ref)).hasValueSatisfying(retired -> {
            assertThat(retired.direction()).isEqualTo(LATE);
            assertThat(retired.threshold()).isEqualTo(0.5);
            assertThat(retired.filter()).extracting(Filter::expression).isEqualTo("attributes.amount > 1");
        });
    }

    @Test
    void aDroppedInterestIsGone() {
        InterestRef ref = new InterestRef("parcels", 1);
        interests.add(namespace, interest("parcels", 1, LATE, 0.5, null));
        interests.retire(namespace, ref);

        interests.drop(namespace, ref);

        assertThat(interests.find(namespace, ref)).isEmpty();
        assertThat(index.candidates(namespace, List.of(LATE)).get(0)).isEmpty();
    }

    @Test
    void theNearestComeWithTheLargestMarginFirst() {
        interests.add(namespace, interest("strict", 1, LATE, 0.99, null));
        interests.add(namespace, interest("lax", 2, LATE, 0.2, null));
        interests.add(namespace, interest("far", 3, WEATHER, 0.9, null));

        assertThat(index.nearest(namespace, LATE, 10))
                .extracting(InterestRef::subscription)
                .containsExactly("lax", "strict", "far");
        assertThat(index.nearest(namespace, LATE, 2)).hasSize(2);
    }

    @Test
    void anInterestInPartsIsFoundOnceWhicheverPartAFactReaches() {
        interests.add(namespace, inParts("both", 1, LATE, WEATHER));

        assertThat(index.candidates(namespace, List.of(LATE, WEATHER)))
                .allSatisfy(found -> assertThat(found).containsExactly(new InterestRef("both", 1)));
        assertThat(index.isWhole(namespace)).isTrue();
        assertThat(index.members(namespace)).containsExactlyInAnyOrder("both:1", "both:1:2");
        assertThat(index.searchable(namespace)).containsExactly(new InterestRef("both", 1));
    }

    @Test
    void asManyOfTheNearestAreFoundAsAskedForHoweverManyPartsTheyHave() {
        for (int i = 0; i < 5; i++) {
            interests.add(namespace, inParts("s" + i, i, LATE, LATE, LATE, LATE, LATE, LATE, LATE, LATE));
        }
        interests.add(namespace, interest("far", 5, WEATHER, 0.9, null));

        assertThat(index.nearest(namespace, LATE, 6))
                .extracting(InterestRef::subscription)
                .containsExactlyInAnyOrder("s0", "s1", "s2", "s3", "s4", "far");
        assertThat(index.nearest(namespace, LATE, 2)).hasSize(2);
        assertThat(index.nearest(namespace, LATE, 10)).hasSize(6);
    }

    @Test
    void aRetiredInterestInPartsIsKeptWhole() {
        InterestRef ref = new InterestRef("both", 1);
        CompiledInterest both = inParts("both", 1, LATE, WEATHER);
        interests.add(namespace, both);

        interests.retire(namespace, ref);

        assertThat(index.candidates(namespace, List.of(LATE, WEATHER))).allMatch(List::isEmpty);
        assertThat(index.isWhole(namespace)).isTrue();
        assertThat(InterestsInHand.interests(EMBEDDER).find(namespace, ref)).contains(both);
        assertThat(interests.isThere(namespace, ref)).isFalse();

        interests.drop(namespace, ref);

        assertThat(interests.find(namespace, ref)).isEmpty();
    }

    @Test
    void anInterestThatHasFewerPartsThanBeforeLeavesNoneBehind() {
        interests.add(namespace, inParts("both", 1, LATE, WEATHER));

        interests.add(namespace, interest("both", 1, LATE, 0.5, null));

        assertThat(index.documents(namespace)).containsExactly("both:1");
        assertThat(index.isWhole(namespace)).isTrue();
        assertThat(interests.isSound(namespace, new InterestRef("both", 1))).isTrue();
    }

    private static CompiledInterest inParts(String subscription, long revision, Embedding... directions) {
        return new CompiledInterest(
                subscription,
                revision,
                1,
                Stream.of(directions)
                        .map(direction -> new InterestPart(direction, 0.5, List.of(1, 2)))
                        .toList(),
                null,
                Set.of(),
                null);
    }

    @Test
    void namespacesKeepTheirInterestsApart() {
        String other = Fresh.namespace();
        index.open(other);
        interests.add(namespace, interest("parcels", 1, LATE, 0.5, null));
        interests.add(other, interest("weather", 2, LATE, 0.5, null));

        assertThat(index.candidates(namespace, List.of(LATE)).get(0)).containsExactly(new InterestRef("parcels", 1));
        assertThat(index.candidates(other, List.of(LATE)).get(0)).containsExactly(new InterestRef("weather", 2));
    }

    private String indexName() {
        return RedisKeys.namespace(namespace, "interests:" + EMBEDDER.modelId().tag());
    }
}
