package io.thoughtbus.examples.demo;

import io.thoughtbus.client.ReplayRun;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.JournalPoint;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayDraft;
import io.thoughtbus.protocol.ReplayedMatch;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Replays what was published and compares it with what the agents saw. */
final class AuditScene {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI uri;
    private final Script script;
    private final Witness witness;
    private final Terminal terminal;

    AuditScene(URI uri, Script script, Witness witness, Terminal terminal) {
        this.uri = uri;
        this.script = script;
        this.witness = witness;
        this.terminal = terminal;
    }

    /** Waits until every agent has seen as many facts as a replay says; whether that came. */
    boolean awaitWakes(FactId from) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (ThoughtBus bus = ThoughtBus.connect(uri)) {
            for (Script.Role role : script.roles()) {
                long expected = replay(bus, role, from).await(PATIENCE).matched();
                while (witness.facts(role.id()).size() < expected && System.nanoTime() < deadline) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
        }
        return System.nanoTime() < deadline;
    }

    /** Shows the comparison; whether there is no difference. */
    boolean play(FactId from) {
        terminal.heading("The audit: the same range replayed, without waking anybody");
        boolean all = true;
        try (ThoughtBus bus = ThoughtBus.connect(uri)) {
            for (Script.Role role : script.roles()) {
                ReplayRun run = replay(bus, role, from);
                Replay ended = run.await(PATIENCE);
                List<FactId> replayed =
                        run.matches().stream().map(ReplayedMatch::fact).toList();
                List<FactId> live = witness.facts(role.id());
                boolean same = replayed.equals(live);
                all &= same;
                terminal.line(String.format(
                        Locale.ROOT,
                        "  %s %3d woke it live, %3d in the replay  %s  sha256 %.12s",
                        terminal.cyan(terminal.fit(role.subscriber(), 18)),
                        live.size(),
                        replayed.size(),
                        same
                                ? terminal.green(terminal.symbol("✓ ", "") + "the same, in the same order")
                                : terminal.red(terminal.symbol("✗ ", "") + "DIFFERENT"),
                        ended.digest()));
            }
        }
        return all;
    }

    private static ReplayRun replay(ThoughtBus bus, Script.Role role, FactId from) {
        return bus.replay(role.id(), ReplayDraft.since(JournalPoint.at(from)));
    }
}
