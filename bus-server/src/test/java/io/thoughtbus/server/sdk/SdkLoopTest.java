package io.thoughtbus.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.client.WakeHandler;
import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class SdkLoopTest {
    private static final String OVER = "the ball flies over the net";
    private static final String BACK = "somebody hits it back again";

    @LocalServerPort
    private int port;

    @Test
    void twoAgentsThatAnswerEachOtherForeverEndWhereChainsEndAndAreToldWhy() {
        RecordingListener listener = RecordingListener.quiet();
        try (ThoughtBus bus = ThoughtBus.builder(URI.create(HttpProbe.at(port).uri()))
                .listener(listener)
                .connect()) {
            bus.subscribe("left", once(OVER), answering(bus, BACK));
            bus.subscribe("right", once(BACK), answering(bus, OVER));
            bus.publish(FactDraft.of(OVER).about("ball"));

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(bus.inbox("left").deadLetters(null).deadLetters())
                                    .singleElement()
                                    .satisfies(letter -> assertThat(letter.explanation())
                                            .contains("the depth 17, and chains of causes end at 16")));

            List<Fact> facts = bus.memory().about("ball", null).facts();
            assertThat(facts)
                    .extracting(Fact::depth)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(0, 16).boxed().toList());
            assertThat(facts.subList(1, 17))
                    .extracting(Fact::root)
                    .containsOnly(facts.get(0).id());
            assertThat(listener.heard()).singleElement().asString().startsWith("failed left 1 ");
        }
    }

    private static SubscriptionDraft once(String interest) {
        return SubscriptionDraft.of("player", interest).withDelivery(DeliverySettings.USUAL.withMaxAttempts(1));
    }

    private static WakeHandler answering(ThoughtBus bus, String text) {
        return wake -> {
            bus.publish(FactDraft.of(text).about("ball").causedBy(wake));
            return Verdict.done();
        };
    }
}
