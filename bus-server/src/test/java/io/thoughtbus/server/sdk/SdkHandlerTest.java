package io.thoughtbus.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.BusListener;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.client.WakeHandler;
import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class SdkHandlerTest {
    private static final SubscriptionDraft LATE = SubscriptionDraft.of("agent", "a parcel is late")
            .withDelivery(
                    DeliverySettings.USUAL.withLease(Duration.ofMillis(300)).withBackoff(Duration.ofMillis(50)));

    @LocalServerPort
    private int port;

    private HttpProbe probe;

    @BeforeEach
    void probe() {
        probe = HttpProbe.at(port);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("an exception", failing(() -> new IllegalStateException("no van"))),
                Arguments.of("a checked exception", failing(() -> new java.io.IOException("no van"))),
                Arguments.of("an error", failing(() -> new AssertionError("no van"))),
                Arguments.of("a stack overflow", failing(() -> new StackOverflowError("no van"))),
                Arguments.of("a delay that is too long", (WakeHandler) wake -> {
                    return wake.attempt() == 1 ? Verdict.later(Duration.ofDays(2), "no van") : Verdict.done();
                }),
                Arguments.of("no verdict", (WakeHandler) SdkHandlerTest::nothingAtFirst));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void aWakeWhoseHandlerFailsComesBackAndTheListenerHearsOfIt(String name, WakeHandler handler) {
        RecordingListener listener = RecordingListener.quiet();

        List<Integer> attempts = attemptsUntilHandled(handler, listener);

        assertThat(attempts).containsExactly(1, 2);
        assertThat(listener.heard()).singleElement().asString().startsWith("failed late 1 ");
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() {
        RecordingListener listener = RecordingListener.throwing();

        List<Integer> attempts = attemptsUntilHandled(failing(() -> new IllegalStateException("no van")), listener);

        assertThat(attempts).containsExactly(1, 2);
        assertThat(listener.heard()).isNotEmpty();
    }

    @Test
    void theReasonOfAFailureStandsInTheDeadLetter() {
        SubscriptionDraft once = LATE.withDelivery(LATE.delivery().withMaxAttempts(1));
        try (ThoughtBus bus = ThoughtBus.connect(probe.uri())) {
            bus.subscribe("late", once, wake -> {
                throw new IllegalStateException("the\u0000 address is unknown");
            });
            bus.publish("a parcel is late");

            await().untilAsserted(
                            () -> assertThat(bus.inbox("late").deadLetters(null).deadLetters())
                                    .singleElement()
                                    .satisfies(letter -> assertThat(letter.explanation())
                                            .endsWith("IllegalStateException: the  address is unknown")));
        }
    }

    private List<Integer> attemptsUntilHandled(WakeHandler handler, BusListener listener) {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        try (ThoughtBus bus =
                ThoughtBus.builder(URI.create(probe.uri())).listener(listener).connect()) {
            bus.subscribe("late", LATE, wake -> {
                attempts.add(wake.attempt());
                return handler.handle(wake);
            });
            bus.publish("a parcel is late");
            await().until(() -> attempts.size() == 2);
        }
        assertThat(probe.takeAll("late", 0)).isEmpty();
        return attempts;
    }

    private static WakeHandler failing(java.util.function.Supplier<Throwable> failure) {
        return wake -> {
            if (wake.attempt() > 1) {
                return Verdict.done();
            }
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        };
    }

    @SuppressWarnings("NullAway") // what a program that is not checked may do
    private static Verdict nothingAtFirst(io.thoughtbus.protocol.Wake wake) {
        return wake.attempt() == 1 ? null : Verdict.done();
    }
}
