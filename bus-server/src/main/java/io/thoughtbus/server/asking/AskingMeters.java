package io.thoughtbus.server.asking;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.thoughtbus.protocol.SecondStageAnswer;
import io.thoughtbus.protocol.SecondStageAnswer.Outcome;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** What operators see of the second stage. */
@Component
final class AskingMeters {
    private final Map<Outcome, Counter> decided = new EnumMap<>(Outcome.class);

    AskingMeters(MeterRegistry meters) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.PENDING) {
                decided.put(
                        outcome,
                        Counter.builder("thoughtbus.second.stage.decided")
                                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                                .description("matches in doubt that were decided")
                                .register(meters));
            }
        }
    }

    void decided(Collection<SecondStageAnswer> answers) {
        answers.forEach(
                answer -> Objects.requireNonNull(decided.get(answer.outcome())).increment());
    }
}
