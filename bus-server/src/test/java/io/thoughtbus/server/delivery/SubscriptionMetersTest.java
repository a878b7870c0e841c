package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.MatchSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubscriptionMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SubscriptionMeters meters = new SubscriptionMeters(registry);

    @Test
    void countsWakesAndMarginsOfEachSubscription() {
        meters.woken("shop", List.of(set("late", 0.6, 0.5), set("late", 0.8, 0.5), set("army", 0.5, 0.5)));

        assertThat(registry.get("thoughtbus.subscription.margin")
                        .tags("namespace", "shop", "subscription", "late")
                        .summary())
                .satisfies(margins -> {
                    assertThat(margins.count()).isEqualTo(2);
                    assertThat(margins.mean()).isCloseTo(0.2, org.assertj.core.data.Offset.offset(1e-9));
                });
    }

    @Test
    void countsWhatWasJudgedIrrelevant() {
        SubscriptionRef late = new SubscriptionRef("shop", "late");
        meters.judged(late, false);
        meters.judged(late, true);
        meters.judged(late, false);

        assertThat(registry.get("thoughtbus.subscription.judged")
                        .tags("subscription", "late", "relevant", "false")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void beyondAThousandSubscriptionsTheOthersShareAMeter() {
        IntStream.range(0, 1_010).forEach(i -> meters.woken("shop", List.of(set("s" + i, 0.6, 0.5))));

        assertThat(registry.find("thoughtbus.subscription.margin").meters()).hasSize(1_001);
        assertThat(registry.get("thoughtbus.subscription.margin")
                        .tags("subscription", "others")
                        .summary()
                        .count())
                .isEqualTo(10);
    }

    @Test
    void aDeletedSubscriptionMakesRoomForAnother() {
        IntStream.range(0, 1_000).forEach(i -> meters.woken("shop", List.of(set("s" + i, 0.6, 0.5))));
        meters.judged(new SubscriptionRef("shop", "s7"), true);

        meters.remove("shop", "s7");
        meters.woken("shop", List.of(set("new", 0.6, 0.5)));

        assertThat(registry.find("thoughtbus.subscription.margin")
                        .tags("subscription", "new")
                        .summary())
                .isNotNull();
        assertThat(registry.find("thoughtbus.subscription.judged").meters()).isEmpty();
    }

    private static MatchSet set(String subscription, double score, double threshold) {
        Match match = new Match(new InterestRef(subscription, 1), 1, score, threshold);
        return new MatchSet(new FactId(0, 1, 0), List.of(match), List.of());
    }
}
