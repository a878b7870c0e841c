package io.thoughtbus.server.asking;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static io.thoughtbus.server.asking.ChatBusTest.ENDPOINT;
import static io.thoughtbus.server.asking.DoubtsInHand.NEAR;
import static io.thoughtbus.server.asking.DoubtsInHand.breakEndpoint;
import static io.thoughtbus.server.asking.DoubtsInHand.declaration;
import static io.thoughtbus.server.asking.DoubtsInHand.mendEndpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.SecondStageAnswer;
import io.thoughtbus.protocol.SecondStageAnswer.Outcome;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import io.thoughtbus.server.delivery.RedisQuestions;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.RedisWithdrawals;
import io.thoughtbus.server.judge.JudgesInHand;
import io.thoughtbus.server.matching.RedisAnswers;
import io.thoughtbus.server.matching.RedisAnswers.Asked;
import io.thoughtbus.server.matching.RedisMatchJournal;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.retention.FactNeed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;

@ChatBusTest
class AskerTest {
    @LocalServerPort
    private int port;

    @Autowired
    private RedisAnswers answers;

    @Autowired
    private Asker asker;

    @Autowired
    private RedisQuestions questions;

    @Autowired
    private RedisJournal journal;

    @Autowired
    private Interests interests;

    @Autowired
    private RedisMatchJournal matches;

    @Autowired
    private RedisWithdrawals withdrawals;

    @Autowired
    private Wording wording;

    @Autowired
    private AskingMeters meters;

    @Autowired
    private List<FactNeed> needs;

    private final RedisClient redis = RedisInHand.client();
    private DoubtsInHand doubts;
    private HttpProbe bus;

    @BeforeEach
    void awaitTheEndpoint() {
        doubts = DoubtsInHand.at(port);
        bus = doubts.bus();
    }

    @Test
    void aServerWithoutASecondStageTakesOnlyWhatNobodyElseTook() {
        bus.declare("late", declaration(0.02, "wake"));
        SubscriptionRef late = new SubscriptionRef(bus.namespace(), "late");
        redis.srem(RedisKeys.registry("asking"), late.toString());
        String id = doubts.publishNear();
        await().until(() -> doubts.waiting("late") == 1);
        Asker without = new Asker(
                questions, journal, interests, matches, answers, withdrawals, JudgesInHand.none(), wording, meters);

        assertThat(without.ask(bus.namespace(), List.of(late))).isZero();
        assertThat(doubts.outcome("late", id)).isEqualTo("pending");

        String wake = redis.zrange(RedisKeys.subscription(bus.namespace(), "late", "questions"), 0, 0)
                .get(0);
        redis.zadd(RedisKeys.subscription(bus.namespace(), "late", "questions"), 1, wake);

        assertThat(without.ask(bus.namespace(), List.of(late))).isEqualTo(1);
        assertThat(doubts.woken("late", 1)).containsExactly(id);
    }

    @Test
    void aFactWhoseLifetimeHasEndedIsNotAskedAbout() {
        bus.declare("late", declaration(0.02, "wait"));
        SubscriptionRef late = new SubscriptionRef(bus.namespace(), "late");
        redis.srem(RedisKeys.registry("asking"), late.toString());
        String id = bus.publish("{\"text\":\"" + NEAR + "\",\"ttl\":\"PT1S\"}");
        await().until(() -> doubts.waiting("late") == 1);
        await().until(() -> bus.get("/facts/" + id).status() == 404);

        assertThat(asker.ask(bus.namespace(), List.of(late))).isEqualTo(1);

        assertThat(doubts.outcome("late", id)).isEqualTo("away");
        assertThat(doubts.asked()).isZero();
        assertThat(bus.take("late", 1, Duration.ZERO)).isEmpty();
        assertThat(bus.get("/subscriptions/late/dead-letters")
                        .json()
                        .at("/deadLetters/0/cause")
                        .asString())
                .isEqualTo("expired");
    }

    @Test
    void whatWasRecordedBeforeACrashIsNotAskedAgain() {
        bus.declare("late", declaration(-0.02, "wait"));
        SubscriptionRef late = new SubscriptionRef(bus.namespace(), "late");
        redis.srem(RedisKeys.registry("asking"), late.toString());
        String id = doubts.publishNear();
        await().until(() -> doubts.waiting("late") == 1);
        answers.record(bus.namespace(), Map.of(asked(id, "late"), new SecondStageAnswer(Outcome.YES, 0.9, "before")));

        assertThat(asker.ask(bus.namespace(), List.of(late))).isEqualTo(1);

        assertThat(doubts.woken("late", 1)).containsExactly(id);
        assertThat(doubts.asked()).isZero();
    }

    @Test
    void whatWasRecordedFirstHoldsWhateverASecondServerIsAnswered() {
        bus.declare("yes", declaration(-0.02, "wait"));
        bus.declare("no", declaration(0.02, "wait"));
        breakEndpoint("stalls");
        String id = doubts.publishNear();
        await().until(() -> doubts.waiting("yes") == 1 && doubts.waiting("no") == 1);
        SecondStageAnswer yes = new SecondStageAnswer(Outcome.YES, 0.9, "before");
        SecondStageAnswer no = new SecondStageAnswer(Outcome.NO, 0.2, "before");

        answers.record(bus.namespace(), Map.of(asked(id, "yes"), yes, asked(id, "no"), no));
        mendEndpoint("stalls");

        assertThat(doubts.woken("yes", 1)).containsExactly(id);
        await().until(() -> doubts.waiting("no") == 0);
        assertThat(bus.take("no", 1, Duration.ZERO)).isEmpty();
        assertThat(doubts.explained("no", id).at("/secondStage/judge").asString())
                .isEqualTo("before");
    }

    @Test
    void aQuestionWhoseFactIsGoneEndsWithoutAWakeAndWithoutATrace() {
        bus.declare("late", declaration(0.02, "wait"));
        long revision = asked("0-1-0", "late").interest().revision();

        redis.zadd(RedisKeys.subscription(bus.namespace(), "late", "questions"), 0, "0-1-00000000." + revision);

        await().until(() -> doubts.waiting("late") == 0);
        assertThat(bus.take("late", 1, Duration.ZERO)).isEmpty();
        assertThat(Stored.of(bus.namespace())).noneMatch(key -> key.contains("answers"));
    }

    @Test
    void theFactOfAWakeInDoubtIsNeededUntilItIsAnswered() {
        bus.declare("late", declaration(-0.02, "wait"));
        ENDPOINT.answers((fact, interest) -> 0.0);
        breakEndpoint("refuses");
        FactId inDoubt = FactId.parse(doubts.publishNear());
        IntStream.range(0, 40).forEach(i -> bus.publish(fact("nothing new about " + i)));
        await().until(() -> doubts.waiting("late") == 1);
        StreamEntryID position = new StreamEntryID(inDoubt.milliseconds(), inDoubt.sequence());

        await().untilAsserted(() -> assertThat(oldest(inDoubt.shard())).isEqualTo(position));

        ENDPOINT.answers((fact, interest) -> 0.0);
        await().untilAsserted(() -> assertThat(oldest(inDoubt.shard())).isGreaterThan(position));
    }

    @Test
    void whoStopsWhileAskingLeavesTheQuestionToOthers() {
        bus.declare("late", declaration(0.02, "wake"));
        SubscriptionRef late = new SubscriptionRef(bus.namespace(), "late");
        redis.srem(RedisKeys.registry("asking"), late.toString());
        breakEndpoint("stalls");
        String id = doubts.publishNear();
        await().until(() -> doubts.waiting("late") == 1);

        Thread.currentThread().interrupt();
        asker.ask(bus.namespace(), List.of(late));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(doubts.outcome("late", id)).isEqualTo("pending");
        assertThat(doubts.waiting("late")).isEqualTo(1);
        mendEndpoint("stalls");
    }

    @Test
    void aFactThatWasRetractedWhileItWasInDoubtWakesNobody() {
        bus.declare("late", declaration(0.02, "wait"));
        SubscriptionRef late = new SubscriptionRef(bus.namespace(), "late");
        redis.srem(RedisKeys.registry("asking"), late.toString());
        String id = doubts.publishNear();
        await().until(() -> doubts.waiting("late") == 1);
        bus.post("/facts/" + id + ":retract", "{}");

        assertThat(asker.ask(bus.namespace(), List.of(late))).isEqualTo(1);

        assertThat(bus.takeAll("late", 1))
                .singleElement()
                .satisfies(wake -> assertThat(wake.get("kind").asString()).isEqualTo("retracted"));
        assertThat(doubts.waiting("late")).isZero();
    }

    @Test
    void anErasedFactIsNoLongerInDoubt() {
        bus.declare("late", declaration(0.02, "wait"));
        SubscriptionRef late = new SubscriptionRef(bus.namespace(), "late");
        redis.srem(RedisKeys.registry("asking"), late.toString());
        String id = doubts.publishNear();
        await().until(() -> doubts.waiting("late") == 1);

        assertThat(bus.post("/facts:erase", "{\"facts\":[\"" + id + "\"],\"reason\":\"asked\"}"))
                .hasStatus(201);

        assertThat(doubts.waiting("late")).isZero();
        assertThat(bus.take("late", 1, Duration.ZERO)).isEmpty();
    }

    @Test
    void aDeletedSubscriptionLeavesNoQuestions() {
        bus.declare("late", declaration(0.02, "wait"));
        breakEndpoint("refuses");
        doubts.publishNear();
        await().until(() -> doubts.waiting("late") == 1);

        bus.delete("/subscriptions/late");

        assertThat(Stored.of(bus.namespace())).noneMatch(key -> key.contains("questions"));
        assertThat(redis.smembers(RedisKeys.registry("asking"))).doesNotContain(bus.namespace() + "/late");
        mendEndpoint("refuses");
    }

    private Asked asked(String fact, String subscription) {
        String active = redis.hget(RedisKeys.shard(bus.namespace(), 0, "active"), subscription);
        long revision = Long.parseLong(active.substring(0, active.indexOf('@')));
        return new Asked(FactId.parse(fact), new InterestRef(subscription, revision));
    }

    private StreamEntryID oldest(int shard) {
        return needs.stream()
                .flatMap(need -> need.oldest(bus.namespace()).entrySet().stream())
                .filter(needed -> needed.getKey() == shard)
                .map(Map.Entry::getValue)
                .min(StreamEntryID::compareTo)
                .orElseThrow();
    }
}
