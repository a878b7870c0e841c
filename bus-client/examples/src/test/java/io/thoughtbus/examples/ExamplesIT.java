package io.thoughtbus.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.Subscriber;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.DeadLetter;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.ReplayedMatch;
import io.thoughtbus.server.BusProcess;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesIT {
    private static BusProcess server;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = BusProcess.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theDiscountAgentTakesTenPercentOffForAFactByAnAgentThatNeverHeardOfIt() {
        Cart cart = new Cart("user-123").add("tent", 20_000);
        try (ThoughtBus agentsBus = ThoughtBus.connect(server.uri("shop"));
                ThoughtBus publishersBus = ThoughtBus.connect(server.uri("shop"))) {
            new DiscountAgent(Map.of("user-123", cart)).start(agentsBus);

            publishersBus.publish(FactDraft.of("User 123 collects stamps").about("user-123"));
            publishersBus.publish(
                    FactDraft.of("User 123 serves in the Military").about("user-123"));

            await().untilAsserted(() -> assertThat(cart.total()).isEqualTo(18_000));
        }
    }

    @Test
    void theRefundClerkRepaysDefersAndRefuses() {
        AtomicBoolean open = new AtomicBoolean();
        try (ThoughtBus bus = ThoughtBus.connect(server.uri("refunds"));
                Subscriber clerk = new RefundClerk(bus, order -> open.get()).start()) {
            FactId returned = bus.publish(refund("order-1", 180)).id();
            bus.publish(refund("order-2", 20));
            bus.publish(refund("order-3", 5_000));

            await().untilAsserted(() -> assertThat(
                            bus.inbox("large-refunds").deadLetters(null).deadLetters())
                    .singleElement()
                    .extracting(DeadLetter::explanation)
                    .asString()
                    .contains("for a person to decide"));
            open.set(true);

            await().untilAsserted(() -> assertThat(
                            bus.memory().about("order-1", null).facts())
                    .last()
                    .satisfies(fact -> {
                        assertThat(fact.text()).startsWith("The bank has transferred 180");
                        assertThat(fact.cause()).isEqualTo(returned);
                    }));
            assertThat(bus.memory().about("order-2", null).facts()).hasSize(1);
            assertThat(clerk.isRunning()).isTrue();
        }
    }

    @Test
    void theAuditFindsWhatWokeTheSubscription() {
        Instant start = Instant.now();
        try (ThoughtBus bus = ThoughtBus.connect(server.uri("audited"))) {
            bus.declare("military-discount", DiscountAgent.interest());
            FactId soldier = bus.publish("Customer 9 is a soldier").id();
            bus.publish("Customer 9 bought a kettle");

            List<ReplayedMatch> matches = new Audit(bus).since("military-discount", start);

            assertThat(matches).extracting(ReplayedMatch::fact).containsExactly(soldier);
        }
    }

    private static FactDraft refund(String order, long amount) {
        return FactDraft.of("The buyer of " + order + " sent the goods back and wants the money returned")
                .about(order)
                .withAttributes(Map.of("amount", amount));
    }
}
