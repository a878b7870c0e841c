package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.SecondStageAnswer;
import io.thoughtbus.protocol.WakeVerdict.Kind;
import io.thoughtbus.server.delivery.RedisQuestions.Taken;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.json.JsonMapper;

class RedisQuestionsTest {
    private static final FactId FIRST = new FactId(0, 1_000, 0);
    private static final FactId SECOND = new FactId(0, 1_000, 1);
    private static final RedisQuestions.End YES =
            new RedisQuestions.End(new SecondStageAnswer(SecondStageAnswer.Outcome.YES, 0.9, "judge"), true);
    private static final RedisQuestions.End NO =
            new RedisQuestions.End(new SecondStageAnswer(SecondStageAnswer.Outcome.NO, 0.1, "judge"), false);
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final InboxInHand inbox = InboxInHand.open();
    private final RedisClient redis = RedisInHand.client();
    private final RedisQuestions questions = new RedisQuestions(
            redis,
            RedisInHand.functions(),
            new RedisTime(redis),
            new Ring(
                    redis, new Bells(new WaitingRoom(Delivering.to(10), new SimpleMeterRegistry()), new ClockInHand())),
            JsonMapper.builder().build());

    @Test
    void eachPositionIsPutAsideOnce() {
        assertThat(putAside(FIRST, SECOND)).isEqualTo(2);
        questions.end(inbox.subscription(), Map.of(wake(FIRST), NO));

        assertThat(putAside(FIRST, SECOND)).isZero();

        assertThat(take(10).wakes()).containsExactly(wake(SECOND));
    }

    @Test
    void whatIsTakenIsGivenToNobodyElseUntilTheLeaseEnds() {
        putAside(FIRST, SECOND);

        assertThat(take(1)).extracting(Taken::wakes, Taken::waiting).containsExactly(List.of(wake(FIRST)), 2L);
        assertThat(questions.due(List.of(inbox.subscription()))).containsExactly(inbox.subscription());
        assertThat(take(10).wakes()).containsExactly(wake(SECOND));
        assertThat(take(10).wakes()).isEmpty();
        assertThat(questions.due(List.of(inbox.subscription()))).isEmpty();
    }

    @Test
    void questionsThatCameDueJustNowAreNotForThoseWhoOnlyTakeWhatIsLeft() {
        putAside(FIRST);
        redis.zadd(inbox.keys().questions(), 1, wake(SECOND).toString());

        Taken left = questions.take(inbox.subscription(), 10, LEASE, Duration.ofMinutes(1));

        assertThat(left.wakes()).containsExactly(wake(SECOND));
        assertThat(take(10).wakes()).containsExactly(wake(FIRST));
    }

    @Test
    void theWakeOfAnAnswerIsOwedOnce() {
        putAside(FIRST, SECOND);

        questions.end(inbox.subscription(), Map.of(wake(FIRST), YES, wake(SECOND), NO));
        List<String> taken = inbox.taken(10);
        inbox.settle(taken.get(0), Kind.DONE);
        questions.end(inbox.subscription(), Map.of(wake(FIRST), YES, wake(SECOND), YES));

        assertThat(taken).containsExactly(wake(FIRST).toString());
        assertThat(inbox.owed()).isEmpty();
    }

    @Test
    void aDeletedSubscriptionIsAskedAboutNothing() {
        putAside(FIRST);
        inbox.inbox().remove(inbox.subscription());

        assertThat(putAside(SECOND)).isZero();
        questions.end(inbox.subscription(), Map.of(wake(FIRST), YES));

        assertThat(take(10).wakes()).isEmpty();
        assertThat(inbox.owed()).isEmpty();
    }

    private Taken take(int most) {
        return questions.take(inbox.subscription(), most, LEASE, Duration.ZERO);
    }

    private long putAside(FactId... facts) {
        return (Long) RedisInHand.functions()
                .call(
                        RedisFunction.ASK_ABOUT_WAKES,
                        List.of(inbox.keys().meta(), inbox.keys().questions()),
                        inbox.arguments(InboxInHand.REVISION, facts));
    }

    private static WakeId wake(FactId fact) {
        return WakeId.of(fact, InboxInHand.REVISION);
    }
}
