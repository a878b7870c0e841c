package io.thoughtbus.server.delivery;

import static io.thoughtbus.server.interest.InterestsInHand.interest;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.protocol.DeadLetter;
import io.thoughtbus.protocol.DeadLetterPage;
import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.WakeVerdict.Kind;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.interest.InterestsInHand;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.matching.RedisMatchJournal;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DeadLettersTest {
    private static final HashingEmbedder EMBEDDER = new HashingEmbedder(16);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final InboxInHand inbox =
            InboxInHand.open(DeliverySettings.USUAL.withLease(InboxInHand.LONG).withMaxAttempts(2));
    private final Interests interests = InterestsInHand.interests(EMBEDDER);
    private final DeadLetters letters = letters();

    @Test
    void tellsWhatARefusedWakeWasAboutAndWhy() {
        FactId fact = new FactId(0, 1_000, 0);
        JournalInHand.append(inbox.subscription().namespace(), fact);
        InterestsInHand.index(EMBEDDER).open(inbox.subscription().namespace());
        interests.add(
                inbox.subscription().namespace(),
                interest("military", InboxInHand.REVISION, EMBEDDER.embed("the fact 0-1000-0"), 0.4, null));
        inbox.owe(fact);
        inbox.taken(1);
        Instant before = Instant.now().minusMillis(2);
        inbox.settle(InboxInHand.wakes(fact).get(0), Kind.NEVER, null, "no such user", null);

        assertThat(list(10).deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.cause()).isEqualTo(DeadLetter.Cause.REFUSED);
            assertThat(letter.explanation())
                    .isEqualTo("the subscriber refused it in attempt 1; its last reason was: no such user");
            assertThat(letter.attempts()).isEqualTo(1);
            assertThat(letter.diedAt()).isBetween(before, Instant.now());
            assertThat(letter.score()).isCloseTo(1, within(1e-6));
            assertThat(letter.threshold()).isEqualTo(0.4);
            assertThat(letter.fact()).extracting(known -> known.id()).isEqualTo(fact);
        });
    }

    @Test
    void tellsOfAWakeWhoseFactTheJournalNoLongerHolds() {
        refuse(inbox.oweSome(1));

        assertThat(list(10).deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.fact()).isNull());
    }

    @Test
    void tellsThatTheLastAttemptWasDeferred() {
        String wake = inbox.oweSome(1).get(0);
        inbox.bringToAttempt(wake, 2);
        inbox.defer(wake, Duration.ZERO);

        assertThat(list(10).deadLetters())
                .extracting(DeadLetter::explanation)
                .containsExactly("the subscriber deferred it in attempt 2, which was the last");
    }

    @Test
    void findsWhatNobodyAnsweredAlthoughNobodyTakesAnyMore() {
        String wake = inbox.oweSome(1).get(0);
        inbox.inbox()
                .open(
                        inbox.subscription(),
                        InboxInHand.REVISION,
                        DeliverySettings.USUAL.withLease(InboxInHand.SHORT).withMaxAttempts(1));
        inbox.taken(1);

        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(list(10).deadLetters())
                        .extracting(DeadLetter::wake, DeadLetter::cause)
                        .containsExactly(tuple(wake, DeadLetter.Cause.UNANSWERED)));
        assertThat(inbox.owed()).isEmpty();
    }

    @Test
    void doesNotBuryWhatIsStillInHandOrHasAttemptsLeft() {
        inbox.oweSome(2);
        inbox.taken(1);

        assertThat(list(10).deadLetters()).isEmpty();
        assertThat(inbox.owed()).hasSize(2);
    }

    @Test
    void beyondTenThousandTheOldestLeaveAndAreCounted() {
        fill(9_999);
        List<String> wakes = inbox.oweSome(3);

        refuse(wakes);

        assertThat(inbox.dead()).hasSize(10_000).startsWith(old(2)).endsWith(wakes.get(2));
        assertThat(inbox.epitaph(old(1))).isNull();
        assertThat(inbox.epitaph(old(2))).isNotNull();
        DeadLetterPage last = letters.list(inbox.subscription(), 9_997, 10);
        assertThat(last.deadLetters()).extracting(DeadLetter::wake).isEqualTo(wakes);
        assertThat(last.dropped()).isEqualTo(2);
    }

    @Test
    void whatExpiresAndWhatUsesUpItsAttemptsMakesTheOldestLeaveToo() {
        fill(10_000);
        List<String> wakes = inbox.oweSome(2);

        inbox.inbox().expire(inbox.subscription(), List.of(new Handover.Given(wakes.get(0), 0, 0)), Set.of(), 0);
        inbox.bringToAttempt(wakes.get(1), 2);
        inbox.defer(wakes.get(1), Duration.ZERO);

        assertThat(inbox.dead()).hasSize(10_000).startsWith(old(2)).endsWith(wakes.get(0), wakes.get(1));
        assertThat(list(1).dropped()).isEqualTo(2);
    }

    @Test
    void comesInPagesTheOldestFirst() {
        List<String> wakes = inbox.oweSome(5);
        refuse(wakes);

        DeadLetterPage first = letters.list(inbox.subscription(), 0, 3);
        DeadLetterPage second = letters.list(inbox.subscription(), 3, 3);

        assertThat(first.deadLetters()).extracting(DeadLetter::wake).isEqualTo(wakes.subList(0, 3));
        assertThat(first.next()).isEqualTo("3");
        assertThat(second.deadLetters()).extracting(DeadLetter::wake).isEqualTo(wakes.subList(3, 5));
        assertThat(second.next()).isNull();
    }

    @Test
    void aRevivedWakeIsDueWithAllItsAttempts() {
        List<String> wakes = inbox.oweSome(2);
        refuse(wakes);

        assertThat(letters.revive(inbox.subscription(), List.of(wakes.get(1))).revived())
                .isEqualTo(1);

        assertThat(inbox.dead()).containsExactly(wakes.get(0));
        assertThat(inbox.epitaph(wakes.get(1))).isNull();
        assertThat(inbox.take(5).wakes()).containsExactly(new Handover.Given(wakes.get(1), 1, 0));
    }

    @Test
    void allAreRevivedWhereNoneIsNamed() {
        List<String> wakes = inbox.oweSome(1_100);
        refuse(wakes);

        assertThat(letters.revive(inbox.subscription(), List.of()).revived()).isEqualTo(1_100);

        assertThat(inbox.dead()).isEmpty();
        assertThat(inbox.owed()).containsExactlyInAnyOrderElementsOf(wakes);
    }

    @Test
    void whatIsNotDeadIsNotRevived() {
        List<String> wakes = inbox.oweSome(1);
        inbox.taken(1);

        assertThat(letters.revive(inbox.subscription(), wakes).revived()).isZero();
        assertThat(inbox.taken(1)).isEmpty();
    }

    @Test
    void anUnknownSubscriptionHasNoDeadLetters() {
        SubscriptionRef unknown = new SubscriptionRef(inbox.subscription().namespace(), "unknown");

        assertThatThrownBy(() -> letters.list(unknown, 0, 10)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> letters.revive(unknown, List.of())).isInstanceOf(ProblemException.class);
    }

    private void refuse(List<String> wakes) {
        inbox.taken(wakes.size());
        wakes.forEach(wake -> inbox.settle(wake, Kind.NEVER));
    }

    /** Has so many dead letters from long ago. */
    private void fill(int count) {
        List<String> wakes =
                IntStream.range(0, count).mapToObj(DeadLettersTest::old).toList();
        RedisInHand.client()
                .zadd(
                        inbox.keys().dead(),
                        IntStream.range(0, count).boxed().collect(toMap(DeadLettersTest::old, i -> 1_000.0 + i)));
        RedisInHand.client()
                .hset(
                        inbox.keys().epitaphs(),
                        wakes.stream()
                                .collect(toMap(
                                        wake -> wake,
                                        wake -> "{\"cause\":\"refused\",\"attempts\":1,\"reason\":\"\"}")));
    }

    private static String old(int number) {
        return String.format(Locale.ROOT, "0-500-%08d.7", number);
    }

    private DeadLetterPage list(int most) {
        return letters.list(inbox.subscription(), 0, most);
    }

    private DeadLetters letters() {
        RedisMatchJournal matches = new RedisMatchJournal(RedisInHand.client(), RedisInHand.functions(), JSON);
        WakeReader reader = new WakeReader(
                new RecentFacts(JournalInHand.journal(), System::nanoTime),
                interests,
                matches,
                inbox.inbox(),
                JournalInHand.erased(RedisInHand.client()));
        WaitingRoom room = new WaitingRoom(Delivering.to(10), new SimpleMeterRegistry());
        Ring ring = new Ring(RedisInHand.client(), new Bells(room, new ClockInHand()));
        return new DeadLetters(RedisInHand.client(), RedisInHand.functions(), reader, ring, JSON);
    }
}
