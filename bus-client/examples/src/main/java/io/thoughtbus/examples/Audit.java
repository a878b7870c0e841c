package io.thoughtbus.examples;

import io.thoughtbus.client.ReplayRun;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.JournalPoint;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayDraft;
import io.thoughtbus.protocol.ReplayedMatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Asks the journal what would have woken a subscription, without waking anybody. */
public final class Audit {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ThoughtBus bus;

    /** An auditor at a bus. */
    public Audit(ThoughtBus bus) {
        this.bus = bus;
    }

    /** All that a subscription's present version matches since a time, in the order of the journal. */
    public List<ReplayedMatch> since(String subscription, Instant time) {
        ReplayRun run = bus.replay(subscription, ReplayDraft.since(JournalPoint.at(time)));
        Replay ended = run.await(PATIENCE);
        if (ended.state() != Replay.State.DONE) {
            throw new IllegalStateException("the replay ended as " + ended.state() + ": " + ended.failure());
        }
        return run.matches();
    }

    /** Prints the last hour; the arguments are the bus and the subscription. */
    public static void main(String[] arguments) {
        try (ThoughtBus bus = ThoughtBus.connect(arguments[0])) {
            Instant hourAgo = Instant.now().minus(Duration.ofHours(1));
            for (ReplayedMatch match : new Audit(bus).since(arguments[1], hourAgo)) {
                String text =
                        bus.memory().find(match.fact()).map(fact -> fact.text()).orElse("(no longer in live memory)");
                System.out.printf(Locale.ROOT, "%s  %.3f  %s%n", match.fact(), match.score(), text);
            }
        }
    }
}
