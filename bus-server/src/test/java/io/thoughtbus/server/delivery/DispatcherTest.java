package io.thoughtbus.server.delivery;

import static io.thoughtbus.server.interest.InterestsInHand.interest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.SecondStage.WhenAway;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.Doubt;
import io.thoughtbus.server.interest.InterestPart;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.interest.InterestsInHand;
import io.thoughtbus.server.interest.RedisInterestIndex;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.matching.Matcher;
import io.thoughtbus.server.matching.RedisMatchJournal;
import io.thoughtbus.server.redis.PartialAnswerException;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.subscription.RedisActivations;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import tools.jackson.databind.json.JsonMapper;

class DispatcherTest {
    private static final HashingEmbedder EMBEDDER = new HashingEmbedder(16);
    private static final StreamEntryID NOTHING = new StreamEntryID(0, 0);
    private static final FactId FIRST = new FactId(0, 1_000, 0);
    private static final FactId SECOND = new FactId(0, 1_000, 1);

    private final InboxInHand inbox = InboxInHand.open();
    private final String namespace = inbox.subscription().namespace();
    private final RedisClient redis = RedisInHand.client();
    private final RedisFunctions functions = RedisInHand.functions();
    private final RedisInterestIndex index = InterestsInHand.index(EMBEDDER);
    private final Interests interests = InterestsInHand.interests(EMBEDDER);
    private final RedisMatchJournal record =
            new RedisMatchJournal(redis, functions, JsonMapper.builder().build());
    private final RedisLane lane = lane();
    private final ClockInHand clock = new ClockInHand();
    private final WaitingRoom room = new WaitingRoom(Delivering.to(10), new SimpleMeterRegistry());
    private final Handing handing = new Handing(
            room,
            inbox.inbox(),
            new WakeReader(
                    new RecentFacts(JournalInHand.journal(), System::nanoTime),
                    interests,
                    record,
                    inbox.inbox(),
                    JournalInHand.erased(redis)),
            new Bells(room, clock));
    private final Dispatcher dispatcher = dispatcher(lane);

    @BeforeEach
    void subscribe() {
        index.open(namespace);
        interests.add(namespace, interest("military", InboxInHand.REVISION, EMBEDDER.embed("in the army"), 0.9, null));
        activate("military", InboxInHand.REVISION + "@0-0");
        lane.claim(namespace);
    }

    @Test
    void owesAndRecordsWhatMatches() {
        List<JournalledFact> facts = facts("in the army", "it rains");

        assertThat(dispatcher.dispatch(namespace, facts, NOTHING)).containsExactly(inbox.subscription());

        assertThat(inbox.owed()).isEqualTo(InboxInHand.wakes(FIRST));
        assertThat(record.range(namespace, 0, FIRST, SECOND))
                .extracting(MatchSet::fact)
                .containsExactly(FIRST);
    }

    @Test
    void whatWasRecordedBeforeIsOwedAsRecordedWhateverHoldsNow() {
        List<JournalledFact> facts = facts("in the army", "in the army");
        dispatcher.dispatch(namespace, facts.subList(0, 1), NOTHING);
        inbox.inbox().remove(inbox.subscription());
        inbox.inbox().open(inbox.subscription(), InboxInHand.REVISION, DeliverySettings.USUAL);
        interests.drop(namespace, new InterestRef("military", InboxInHand.REVISION));
        RedisLane next = lane();

        dispatcher(next).dispatch(namespace, facts, next.claim(namespace).recorded());

        assertThat(inbox.owed()).isEqualTo(InboxInHand.wakes(FIRST));
    }

    @Test
    void aRepeatedDispatchIsNoticedAndOwesNothingTwice() {
        List<JournalledFact> facts = facts("in the army", "in the army");
        dispatcher.dispatch(namespace, facts, NOTHING);
        List<String> taken = inbox.taken(5);

        assertThatThrownBy(() -> dispatcher.dispatch(namespace, facts, NOTHING))
                .isInstanceOf(PartialAnswerException.class);

        assertThat(taken).isEqualTo(InboxInHand.wakes(FIRST, SECOND));
        assertThat(inbox.taken(5)).isEmpty();
        assertThat(record.range(namespace, 0, FIRST, SECOND)).hasSize(2);
    }

    @Test
    void theDispatchOfAServerThatLostTheShardIsRefusedAndRecordsNothing() {
        lane().claim(namespace);

        assertThatThrownBy(() -> dispatcher.dispatch(namespace, facts("in the army"), NOTHING))
                .isInstanceOfSatisfying(
                        JedisDataException.class,
                        refusal -> assertThat(RedisLane.isFenced(refusal)).isTrue());

        assertThat(record.range(namespace, 0, FIRST, SECOND)).isEmpty();
    }

    @Test
    void eachFactIsDecidedByTheVersionInForceAtItsPosition() {
        long next = InboxInHand.REVISION + 2;
        interests.add(namespace, interest("military", next, EMBEDDER.embed("it rains"), 0.9, null));
        activate("military", InboxInHand.REVISION + "@0-0," + next + "@1000-0");

        dispatcher.dispatch(namespace, facts("in the army", "in the army", "it rains"), NOTHING);

        FactId third = new FactId(0, 1_000, 2);
        assertThat(inbox.owed())
                .containsExactly(
                        WakeId.of(FIRST, InboxInHand.REVISION).toString(),
                        WakeId.of(third, next).toString());
    }

    @Test
    void anInterestThatIsNotInForceWakesNobody() {
        activate("military", InboxInHand.REVISION + "@1000-0");

        dispatcher.dispatch(namespace, facts("in the army", "in the army"), NOTHING);

        assertThat(inbox.owed()).isEqualTo(InboxInHand.wakes(SECOND));
    }

    @Test
    void aMatchThatTheFilterDoesNotPassIsNoMatch() {
        interests.add(namespace, interest("military", 8, EMBEDDER.embed("in the army"), 0.9, "attributes.rank > 3"));
        activate("military", "8@0-0");

        dispatcher.dispatch(namespace, facts("in the army"), NOTHING);

        assertThat(inbox.owed()).isEmpty();
        assertThat(record.range(namespace, 0, FIRST, FIRST)).isEmpty();
    }

    @Test
    void aMatchInDoubtIsRecordedAndPutAsideAndOwedToNobodyYet() {
        doubt();

        assertThat(dispatcher.dispatch(namespace, facts("in the army"), NOTHING))
                .isEmpty();

        assertThat(inbox.owed()).isEmpty();
        assertThat(questions()).isEqualTo(InboxInHand.wakes(FIRST));
        assertThat(record.range(namespace, 0, FIRST, FIRST))
                .flatExtracting(MatchSet::inDoubt)
                .extracting(match -> match.interest().subscription())
                .containsExactly("military");
    }

    @Test
    void aDoubtThatWasRecordedBeforeIsPutAsideOnceWhateverHoldsNow() {
        doubt();
        List<JournalledFact> facts = facts("in the army", "in the army");
        dispatcher.dispatch(namespace, facts.subList(0, 1), NOTHING);
        functions.call(
                RedisFunction.ANSWER_QUESTIONS,
                List.of(inbox.keys().inbox(), inbox.keys().meta(), inbox.keys().questions()),
                List.of(InboxInHand.wakes(FIRST).get(0), FIRST.milliseconds(), 1, "{}"));
        RedisLane next = lane();

        dispatcher(next).dispatch(namespace, facts, next.claim(namespace).recorded());

        assertThat(inbox.owed()).isEqualTo(InboxInHand.wakes(FIRST));
        assertThat(questions()).isEqualTo(InboxInHand.wakes(SECOND));
    }

    @Test
    void aRetractionIsOwedToThoseWhomItsFactWokeAlsoInTheSameBatch() {
        List<JournalledFact> facts = facts("in the army", "it rains");
        List<JournalledFact> retractions = retractions(FIRST, SECOND);

        dispatcher.dispatch(namespace, List.of(facts.get(0), facts.get(1), retractions.get(0)), NOTHING);
        dispatcher.dispatch(namespace, retractions.subList(1, 2), NOTHING);

        assertThat(inbox.owed())
                .containsExactly(WakeId.of(FIRST, InboxInHand.REVISION).toString(), toldBy(2));
    }

    @Test
    void aRetractionIsOwedToThoseWhomItsFactWokeBeforeWhateverHoldsNow() {
        List<JournalledFact> facts = facts("in the army");
        dispatcher.dispatch(namespace, facts, NOTHING);
        interests.drop(namespace, new InterestRef("military", InboxInHand.REVISION));

        dispatcher.dispatch(namespace, retractions(FIRST), NOTHING);

        assertThat(inbox.owed()).containsExactly(InboxInHand.wakes(FIRST).get(0), toldBy(1));
    }

    @Test
    void aRetractionWhoseDispatchEndedAfterTheRecordIsOwedAsRecordedAndOnce() {
        dispatcher.dispatch(namespace, facts("in the army"), NOTHING);
        List<JournalledFact> retraction = retractions(FIRST);
        dispatcher.dispatch(namespace, retraction, NOTHING);
        redis.zrem(inbox.keys().inbox(), toldBy(1));
        redis.hset(inbox.keys().meta(), "last0", "1000-0");
        RedisLane next = lane();
        StreamEntryID recorded = next.claim(namespace).recorded();

        dispatcher(next).dispatch(namespace, retraction, recorded);
        dispatcher(next).dispatch(namespace, retraction, recorded);

        assertThat(inbox.owed()).containsExactly(InboxInHand.wakes(FIRST).get(0), toldBy(1));
    }

    @Test
    void theRecordTellsScoreAndThresholdOfTheVersionThatDecided() {
        dispatcher.dispatch(namespace, facts("in the army"), NOTHING);

        Optional<Match> match = record.find(namespace, FIRST, new InterestRef("military", InboxInHand.REVISION));

        assertThat(match).hasValueSatisfying(recorded -> {
            assertThat(recorded.threshold()).isEqualTo(0.9);
            assertThat(recorded.score()).isEqualTo(EMBEDDER.embed("in the army").dot(EMBEDDER.embed("in the army")));
        });
    }

    @Test
    void whoWaitsAlreadyIsHandedTheWakeAtOnce() {
        TakerInHand taker = new TakerInHand(inbox.subscription());
        room.enter(taker);

        dispatcher.dispatch(namespace, facts("in the army"), NOTHING);

        assertThat(taker.offered())
                .flatExtracting(Handover::wakes)
                .extracting(Handover.Given::wake)
                .isEqualTo(InboxInHand.wakes(FIRST));
        assertThat(inbox.take(10).wakes()).isEmpty();
    }

    @Test
    void aWakeWhoseTakerIsGoneIsDueAgainWithoutAnAttemptSpent() {
        TakerInHand taker = new TakerInHand(inbox.subscription());
        room.enter(taker);
        taker.dismiss();

        dispatcher.dispatch(namespace, facts("in the army"), NOTHING);

        assertThat(inbox.take(10).wakes()).extracting(Handover.Given::attempt).containsExactly(1);
    }

    private List<JournalledFact> facts(String... texts) {
        FactId[] ids = new FactId[texts.length];
        for (int i = 0; i < texts.length; i++) {
            ids[i] = new FactId(0, 1_000, i);
            JournalInHand.append(namespace, ids[i], FactDraft.of(texts[i]));
        }
        return JournalInHand.journal().find(namespace, Arrays.asList(ids)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** The interest in the army again, with a margin of 0.1 for who is in it, which is too small to decide. */
    private void doubt() {
        interests.add(
                namespace,
                new CompiledInterest(
                        "military",
                        InboxInHand.REVISION,
                        1,
                        List.of(new InterestPart(EMBEDDER.embed("in the army"), 0.9, List.of())),
                        null,
                        Set.of(),
                        new Doubt(0.2, WhenAway.WAKE, List.of("in the army"))));
    }

    private List<String> questions() {
        return redis.zrange(inbox.keys().questions(), 0, -1);
    }

    private List<JournalledFact> retractions(FactId... old) {
        int next = (int) redis.xlen(RedisKeys.shard(namespace, 0, "facts"));
        FactId[] ids = new FactId[old.length];
        for (int i = 0; i < old.length; i++) {
            ids[i] = new FactId(0, 1_000, next + i);
            JournalInHand.retract(namespace, ids[i], old[i]);
        }
        return JournalInHand.journal().find(namespace, Arrays.asList(ids)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static String toldBy(int sequence) {
        return new WakeId(new FactId(0, 1_000, sequence), InboxInHand.REVISION, true, null).toString();
    }

    private void activate(String subscription, String chain) {
        redis.hset(RedisKeys.shard(namespace, 0, "active"), subscription, chain);
    }

    private RedisLane lane() {
        return new RedisLane(functions, 0, InboxInHand.LONG, "model guard");
    }

    private Dispatcher dispatcher(RedisLane of) {
        Matcher matcher = new Matcher(
                index, interests, new RedisActivations(redis, functions, new Shards(1)), new Guard(EMBEDDER));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        return new Dispatcher(
                redis,
                functions,
                matcher,
                record,
                of,
                handing,
                new QuestionBell(),
                new DispatchMeters(meters, new SubscriptionMeters(meters), clock));
    }
}
