package io.thoughtbus.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.Wake;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class SceneTest {
    @LocalServerPort
    private int port;

    @Test
    void aFactWakesTheSubscriberWhoseInterestItConcernsAndNobodyElse() {
        try (ThoughtBus bus = ThoughtBus.connect("http://localhost:" + port + "/" + BusTest.Fresh.namespace())) {
            bus.declare("military", SubscriptionDraft.of("discount-agent", "serves in the military"));
            bus.declare("parcels", SubscriptionDraft.of("apology-agent", "a parcel is late"));

            bus.publish(FactDraft.of("User 123 serves in the Military").about("user-123"));

            List<Wake> wakes = bus.inbox("military").take(10, Duration.ofSeconds(10));
            assertThat(wakes).singleElement().satisfies(wake -> {
                assertThat(wake.fact().subject()).isEqualTo("user-123");
                assertThat(wake.score()).isGreaterThanOrEqualTo(wake.threshold());
            });
            assertThat(bus.inbox("parcels").take(10, Duration.ZERO)).isEmpty();
        }
    }
}
