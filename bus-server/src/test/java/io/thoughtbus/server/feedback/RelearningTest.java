package io.thoughtbus.server.feedback;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.delivery.Judgements;
import io.thoughtbus.server.recent.NewestFacts;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisLease;
import io.thoughtbus.server.subscription.RedisLearners;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class RelearningTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String AUTOMATIC = ",\"learning\":\"automatic\"";
    private static final int DUTIES = 10;

    @LocalServerPort
    private int port;

    @Autowired
    private RedisFunctions functions;

    @Autowired
    private RedisLearners learners;

    @Autowired
    private Judgements judgements;

    @Autowired
    private NewestFacts newest;

    @Autowired
    private Relearning relearning;

    @Autowired
    private Ticker ticker;

    private HttpProbe bus;

    @BeforeEach
    void probe() {
        bus = HttpProbe.at(port);
    }

    @Test
    void fiveVerdictsMakeANewVersionThatKnowsThem() {
        bus.declare("late", subscription("a parcel is late", AUTOMATIC));
        judge("late", true, 3);
        judge("late", false, 2);

        learn();

        JsonNode learned = late();
        assertThat(learned.get("version").asInt()).isEqualTo(2);
        assertThat(learned.at("/taught/lessons")
                        .valueStream()
                        .map(lesson -> lesson.get("relevant").asBoolean()))
                .containsExactly(true, true, true, false, false);
        assertThat(learned.at("/interest").has("examples")).isFalse();
    }

    @Test
    void theSameDeclarationAgainForgetsNothing() {
        bus.declare("late", subscription("a parcel is late", AUTOMATIC));
        judge("late", true, 5);
        learn();

        JsonNode again = bus.declare("late", subscription("a parcel is late", AUTOMATIC));

        assertThat(again.get("version").asInt()).isEqualTo(2);
        assertThat(again.at("/taught/lessons")).hasSize(5);
    }

    @Test
    void aChangedDeclarationKeepsWhatWasTaught() {
        bus.declare("late", subscription("a parcel is late", AUTOMATIC));
        judge("late", true, 5);
        learn();

        JsonNode changed = bus.declare("late", subscription("a parcel is late", AUTOMATIC + ",\"guard\":false"));

        assertThat(changed.get("version").asInt()).isEqualTo(3);
        assertThat(changed.at("/taught/lessons")).hasSize(5);
    }

    @Test
    void itForgetsWhatErasedFactsTaughtIt() {
        bus.declare("late", subscription("a parcel is late", AUTOMATIC));
        judge("late", true, 4);
        String erased = bus.publish(fact("the parcel of Ada is late"));
        settle("late", true);
        learn();
        assertThat(late().toString()).contains("Ada");

        bus.post("/facts:erase", "{\"facts\":[\"" + erased + "\"],\"reason\":\"asked for\"}");

        await().until(() -> !late().toString().contains("Ada"));
        assertThat(late().at("/taught/lessons")).hasSize(4);
        assertThat(late().get("version").asInt()).isEqualTo(3);
        learn();
        assertThat(late().toString()).doesNotContain("Ada");
    }

    @Test
    void fourVerdictsAreTooFewAndVerdictsLearnedOnceAreNotLearnedAgain() {
        bus.declare("late", subscription("a parcel is late", AUTOMATIC));
        judge("late", true, 4);
        learn();
        assertThat(late().get("version").asInt()).isEqualTo(1);

        judge("late", true, 1);
        learn();
        learn();

        assertThat(late().get("version").asInt()).isEqualTo(2);
    }

    @Test
    void aSubscriptionThatDoesNotLearnByItselfStaysAndIsTold() {
        bus.declare("late", subscription("a parcel is late", ",\"learning\":\"suggested\""));
        judge("late", true, 5);

        learn();

        assertThat(late().get("version").asInt()).isEqualTo(1);
        assertThat(bus.get("/subscriptions/late/drift").json().get("notes").toString())
                .contains("5 verdicts are new since this version");
    }

    @Test
    void whatWouldFailItsOwnTestsIsNotLearned() {
        bus.declare(
                "late",
                subscription(
                        "a parcel is late",
                        AUTOMATIC + ",\"tests\":{\"shouldWake\":[\"a parcel is late -1\"],\"shouldNotWake\":[]}"));
        judge("late", false, 5);

        learn();

        assertThat(late().get("version").asInt()).isEqualTo(1);
    }

    @Test
    void aTextAloneLearnsOnceFromFactsThatNobodyHasLabelled() {
        bus.declare("late", subscription("a parcel is late", AUTOMATIC));
        IntStream.range(0, 6).forEach(i -> bus.declare("other-" + i, subscription("cats number " + i + " sleep")));
        bus.publishAll(IntStream.range(0, 520)
                .mapToObj(i -> fact(i % 10 == 0 ? "a parcel is late again " + i : "some other matter " + i))
                .toList());

        learn();
        learn();

        JsonNode learned = late();
        assertThat(learned.get("version").asInt()).isEqualTo(2);
        assertThat(learned.get("threshold").asDouble()).isNotEqualTo(0.45);
    }

    @Test
    void aVersionThatIsLearnedDeliversNoPastAgain() {
        bus.publish(fact("a parcel is late"));
        bus.declare("late", subscription("a parcel is late", AUTOMATIC + ",\"from\":\"2020-01-01T00:00:00Z\""));
        settle("late", true);
        judge("late", true, 4);
        String before = late().get("backfill").asString();

        learn();

        assertThat(late().get("version").asInt()).isEqualTo(2);
        assertThat(late().get("backfill").asString()).isEqualTo(before);
        assertThat(bus.get("/subscriptions/late/replays").json()).hasSize(1);
    }

    @Test
    void aChangeThatIsMadeMeanwhileBringsNothingBackThatIsErased() throws Exception {
        bus.declare("late", subscription("a parcel is late", AUTOMATIC));
        judge("late", true, 5);
        learn();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < 3; i++) {
                String taught = late().at("/taught/lessons/0/facts/0").asString();
                String changed = subscription("a parcel is late", AUTOMATIC + ",\"threshold\":0.6" + i);
                Future<?> put = other.submit(() -> bus.put("/subscriptions/late", changed));
                bus.post("/facts:erase", "{\"facts\":[\"" + taught + "\"],\"reason\":\"asked\"}");
                put.get();

                await().untilAsserted(() ->
                        assertThat(late().at("/taught").toString()).doesNotContain(taught));
                assertThat(late().at("/threshold").asDouble()).isEqualTo(0.6 + i / 100.0);
            }
        } finally {
            other.shutdown();
        }
    }

    @Test
    void withFewFactsATextAloneStaysAsItIs() {
        bus.declare("late", subscription("a parcel is late", AUTOMATIC));
        bus.publishAll(
                IntStream.range(0, 100).mapToObj(i -> fact("matter " + i)).toList());

        learn();

        assertThat(late().get("version").asInt()).isEqualTo(1);
    }

    @Test
    void aWordForLearningThatIsNoneIsRefused() {
        assertThat(bus.put("/subscriptions/late", subscription("a parcel is late", ",\"learning\":\"always\"")))
                .isProblem(400, "invalid-field", "learning");
    }

    private void learn() {
        RedisLease lease = new RedisLease(functions, RedisKeys.registry("lock:relearning-test"), SOON);
        RelearningLoop loop = new RelearningLoop(lease, learners, judgements, newest, relearning, ticker);
        IntStream.range(0, DUTIES).forEach(i -> loop.doWork());
        lease.giveUp();
    }

    private JsonNode late() {
        return bus.get("/subscriptions/late").json();
    }

    private void judge(String id, boolean relevant, int times) {
        for (int i = 0; i < times; i++) {
            bus.publish(fact("a parcel is late " + (relevant ? i : -i - 1)));
            settle(id, relevant);
        }
    }

    private void settle(String id, boolean relevant) {
        List<JsonNode> wakes = bus.take(id, 1, SOON);
        bus.post(
                "/subscriptions/" + id + "/verdicts",
                "[{\"wake\":" + wakes.get(0).get("id") + ",\"verdict\":\"done\",\"relevant\":" + relevant + "}]");
    }
}
