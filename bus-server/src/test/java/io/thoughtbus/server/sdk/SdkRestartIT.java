package io.thoughtbus.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.BusUnavailableException;
import io.thoughtbus.client.Subscriber;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.BusProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SdkRestartIT {
    private static final SubscriptionDraft LATE = SubscriptionDraft.of("agent", "a parcel is late");

    @TempDir
    private Path directory;

    private BusProcess process;

    @BeforeEach
    void start() {
        process = BusProcess.start(directory);
    }

    @AfterEach
    void stop() {
        process.close();
    }

    @Test
    void goesOnByItselfAfterTheBusWasAway() {
        RecordingListener listener = RecordingListener.quiet();
        List<String> handled = new CopyOnWriteArrayList<>();
        try (ThoughtBus bus = ThoughtBus.builder(URI.create(process.uri("shop")))
                .listener(listener)
                .connect()) {
            Subscriber subscriber = bus.subscribe("late", LATE, wake -> {
                handled.add(String.valueOf(wake.fact().subject()));
                return Verdict.done();
            });
            bus.publish(late("before"));
            await().until(() -> handled.contains("before"));

            process.close();
            await().until(() -> listener.heard().contains("lost late"));
            CompletableFuture<Published> meanwhile = bus.publishAsync(late("meanwhile"));
            process = BusProcess.start(directory, process.port());

            assertThat(meanwhile).succeedsWithin(Duration.ofSeconds(30));
            bus.publish(late("after"));
            await().atMost(Duration.ofSeconds(30)).until(() -> handled.size() == 3);
            assertThat(handled).containsExactlyInAnyOrder("before", "meanwhile", "after");
            assertThat(listener.heard()).containsExactly("lost late", "restored late");
            assertThat(subscriber.isRunning()).isTrue();
        }
    }

    @Test
    void givesUpOnABusThatStaysAwayAndClosesAllTheSame() {
        try (ThoughtBus patient = ThoughtBus.connect(process.uri("shop"))) {
            patient.declare("late", LATE);
        }
        ThoughtBus bus = ThoughtBus.builder(URI.create(process.uri("shop")))
                .timeout(Duration.ofSeconds(1))
                .listener(RecordingListener.quiet())
                .connect();
        bus.subscribe("late", LATE, wake -> Verdict.done());
        process.kill();

        Assertions.assertThatExceptionOfType(BusUnavailableException.class)
                .isThrownBy(() -> bus.publish(late("never")));

        assertThat(CompletableFuture.runAsync(bus::close)).succeedsWithin(Duration.ofSeconds(10));
    }

    private static FactDraft late(String subject) {
        return FactDraft.of("The parcel is three days late").about(subject);
    }
}
