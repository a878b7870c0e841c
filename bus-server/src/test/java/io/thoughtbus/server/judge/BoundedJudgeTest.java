package io.thoughtbus.server.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thoughtbus.embeddings.PairModels;
import io.thoughtbus.protocol.SecondStageAnswer;
import io.thoughtbus.protocol.SecondStageAnswer.Outcome;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BoundedJudgeTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Question LATE = new Question("the parcel is late", "the parcel is late");
    private static final Question RAIN = new Question("it rains in spain", "the parcel is late");

    private final String namespace = Fresh.namespace();
    private final ChatEndpoint endpoint = ChatEndpoint.open();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private Instant now = Instant.parse("2026-11-23T10:15:30Z");

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void saysYesFromTheProbabilityThatIsConfigured() {
        endpoint.answers((fact, interest) -> fact.equals(LATE.fact()) ? 0.5 : 0.49);

        assertThat(chat(16, 100).ask(namespace, List.of(LATE, RAIN)))
                .containsExactly(
                        new SecondStageAnswer(Outcome.YES, 0.5, "llama"),
                        new SecondStageAnswer(Outcome.NO, 0.49, "llama"));
    }

    @Test
    void asksAModelInThisProcess() {
        try (BoundedJudge judge = judge(PairModels.oneLogit(), null, 16, 100)) {
            List<SecondStageAnswer> answers = judge.ask(namespace, List.of(LATE, RAIN));

            assertThat(answers).extracting(SecondStageAnswer::outcome).containsExactly(Outcome.YES, Outcome.NO);
            assertThat(answers.get(0).judge()).matches("second-stage@[0-9a-f]{64}");
        }
    }

    @Test
    void asksNoMoreThanABatchTogether() {
        endpoint.answers((fact, interest) -> 1.0);

        List<SecondStageAnswer> answers = chat(2, 100).ask(namespace, Collections.nCopies(5, LATE));

        assertThat(answers).extracting(SecondStageAnswer::outcome).containsOnly(Outcome.YES);
        assertThat(endpoint.requests())
                .extracting(request -> request.interests().size())
                .containsExactly(2, 2, 1);
    }

    @Test
    void asksNoMoreInADayThanItMay() {
        BoundedJudge judge = chat(2, 3);

        assertThat(judge.ask(namespace, Collections.nCopies(5, LATE)))
                .extracting(SecondStageAnswer::outcome)
                .containsExactly(Outcome.YES, Outcome.YES, Outcome.YES, Outcome.AWAY, Outcome.AWAY);
        assertThat(chat(2, 3).ask(namespace, List.of(LATE))).containsExactly(SecondStageAnswer.AWAY);
        assertThat(judge.ask(Fresh.namespace(), List.of(LATE)).get(0).outcome()).isEqualTo(Outcome.YES);
        assertThat(meters.counter("thoughtbus.second.stage.asked").count()).isEqualTo(4);

        now = now.plus(Duration.ofDays(1));

        assertThat(judge.ask(namespace, List.of(LATE)).get(0).outcome()).isEqualTo(Outcome.YES);
    }

    @Test
    void whatWasAskedInADayIsForgottenAfterIt() {
        chat(2, 3).ask(namespace, List.of(LATE));

        assertThat(RedisInHand.client().ttl(RedisKeys.namespace(namespace, "asked:2026-11-23")))
                .isBetween(1L, Duration.ofDays(2).toSeconds());
    }

    @Test
    void leavesAnEndpointThatIsAwayInPeaceForAWhile() {
        BoundedJudge judge = chat(16, 100);
        endpoint.refuses(503);
        assertThat(judge.ask(namespace, List.of(LATE))).containsExactly(SecondStageAnswer.AWAY);
        endpoint.answers(ChatEndpoint.BY_WORDS);

        assertThat(judge.ask(namespace, List.of(LATE))).containsExactly(SecondStageAnswer.AWAY);
        assertThat(endpoint.requests()).hasSize(1);

        nanos.addAndGet(TIMEOUT.toNanos());

        assertThat(judge.ask(namespace, List.of(LATE)).get(0).outcome()).isEqualTo(Outcome.YES);
    }

    @Test
    void rubbishAboutOneFactIsNoReasonNotToAskAboutOthers() {
        BoundedJudge judge = chat(16, 100);
        endpoint.says(request -> "rubbish");
        assertThat(judge.ask(namespace, List.of(LATE))).containsExactly(SecondStageAnswer.AWAY);
        endpoint.answers(ChatEndpoint.BY_WORDS);

        assertThat(judge.ask(namespace, List.of(LATE)).get(0).outcome()).isEqualTo(Outcome.YES);
    }

    private BoundedJudge chat(int batch, long aDay) {
        return judge(null, endpoint.uri(), batch, aDay);
    }

    private BoundedJudge judge(@Nullable Path model, @Nullable URI uri, int batch, long aDay) {
        JudgeProperties properties =
                new JudgeProperties(model, null, uri, uri == null ? null : "llama", null, TIMEOUT, batch, aDay, 0.5);
        return new BoundedJudge(
                Objects.requireNonNull(JudgeConfiguration.judge(
                        properties, JsonMapper.builder().build(), nanos::get)),
                new RedisBudget(RedisInHand.client(), new Today(), aDay),
                properties,
                nanos::get,
                meters);
    }

    /** A clock that stands until the test moves it. */
    private final class Today extends Clock {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
