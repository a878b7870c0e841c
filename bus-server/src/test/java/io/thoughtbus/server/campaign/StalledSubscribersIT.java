package io.thoughtbus.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.BusProcess;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.campaign.Attentive.Latencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bus with 256 MB of heap, 20 subscribers that answer at once, and 180 of the same interest. What comes to the 20 is
 * measured while nobody comes for the wakes of the 180, and then while the 180 stall.
 */
class StalledSubscribersIT {
    private static final String NAMESPACE = "stall";
    private static final String TEXT = "A parcel is three days late";
    private static final int ATTENTIVE = 20;
    private static final int OTHERS = 180;
    private static final int TAKERS = 20;
    private static final int BALLAST = 1_000;
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final boolean campaign = Scale.isCampaign();
    private final int rate = Integer.getInteger("thoughtbus.campaign.rate", 20);
    private final int seconds = campaign ? 30 : 10;
    private final int sockets = campaign ? 700 : 200;
    private final Duration patience = Duration.ofSeconds(campaign ? 45 : 30);

    @TempDir
    private Path directory;

    @Test
    void whoAnswersAtOnceIsWokenAsSoonAlthoughNineInTenStall() throws IOException {
        try (BusProcess bus = BusProcess.start(directory, "-Xmx256m", "--thoughtbus.delivery.patience=" + patience);
                ThoughtBus client = ThoughtBus.connect(bus.uri(NAMESPACE));
                Attentive attentive = new Attentive(client, ATTENTIVE, TEXT, BALLAST);
                Stalled stalled = new Stalled(bus.uri(NAMESPACE))) {
            attentive.watch(rate * seconds / 2, rate);
            Latencies alone = attentive.watch(rate * seconds, rate);
            declareOthers(client);
            Latencies deserted = attentive.watch(rate * seconds, rate);
            for (int i = 0; i < sockets; i++) {
                stalled.read(other(i));
            }
            for (int i = 0; i < TAKERS; i++) {
                stalled.take(other(i));
            }
            await().atMost(LEASE).until(() -> metric(bus, "waiting") >= sockets && metric(bus, "unsent_bytes") > 0);
            Latencies stalling = attentive.watch(rate * seconds, rate);
            double waiting = metric(bus, "waiting");
            double unsent = metric(bus, "unsent_bytes");
            Latencies ending = attentive.watch(rate * (int) patience.toSeconds(), rate);
            note(alone, deserted, stalling, ending, waiting, unsent);

            assertThat(bus.process().isAlive()).isTrue();
            assertThat(unsent).isPositive().isLessThan(33e6);
            assertThat(stalled.taken()).isGreaterThanOrEqualTo(TAKERS);
            awaitTheEndOfTheStreams(bus);
            assertThat(bus.log()).contains("has not read for").doesNotContain("OutOfMemoryError");
            awaitWhatWasHeld(client, other(0));
            awaitWhatWasHeld(client, other(OTHERS - 1));
            if (campaign) {
                assertThat(stalling.millis(0.99)).isLessThanOrEqualTo(2 * deserted.millis(0.99));
            }
        }
    }

    private static void declareOthers(ThoughtBus client) {
        SubscriptionDraft draft = SubscriptionDraft.of("agent", TEXT)
                .withDelivery(DeliverySettings.USUAL.withLease(LEASE).withMaxAttempts(100));
        for (int i = 0; i < OTHERS; i++) {
            client.declare(other(i), draft);
        }
    }

    private void awaitTheEndOfTheStreams(BusProcess bus) {
        await().atMost(patience.multipliedBy(2))
                .until(() -> metric(bus, "unsent_bytes") == 0 && metric(bus, "waiting") <= ATTENTIVE);
    }

    /** A wake that a stream or a taker held before comes to whoever takes now. */
    private static void awaitWhatWasHeld(ThoughtBus client, String subscription) {
        await().atMost(LEASE.multipliedBy(4))
                .until(() -> client.inbox(subscription).take(Limits.WAKES, Duration.ofSeconds(1)).stream()
                        .anyMatch(wake -> wake.attempt() > 1));
    }

    private void note(
            Latencies alone, Latencies deserted, Latencies stalling, Latencies ending, double waiting, double unsent)
            throws IOException {
        String line = String.format(
                Locale.ROOT,
                "%d facts/s, publish to wake of %d subscribers: alone %s; with %d others at whose inboxes nobody is %s; "
                        + "while those stall with %d unread streams and %d takers without a verdict %s (p99 %.2f "
                        + "times); then %.0f waited and %.1f MB were unsent; while their streams were ended %s%n",
                rate,
                ATTENTIVE,
                alone,
                OTHERS,
                deserted,
                sockets,
                TAKERS,
                stalling,
                stalling.millis(0.99) / deserted.millis(0.99),
                waiting,
                unsent / 1e6,
                ending);
        System.out.print(line);
        Files.createDirectories(Path.of("target/campaign"));
        Files.writeString(Path.of("target/campaign/stalled.txt"), line);
    }

    private static String other(int number) {
        return "other-" + number % OTHERS;
    }

    private static double metric(BusProcess bus, String name) {
        HttpProbe probe = HttpProbe.at(bus.port(), NAMESPACE);
        Matcher line = Pattern.compile("(?m)^thoughtbus_delivery_" + name + " (\\S+)")
                .matcher(probe.send(probe.requestTo("/actuator/prometheus")).body());
        return line.find() ? Double.parseDouble(line.group(1)) : -1;
    }
}
