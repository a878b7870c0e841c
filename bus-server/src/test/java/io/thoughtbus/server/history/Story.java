package io.thoughtbus.server.history;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.WakeVerdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invented run, told in milliseconds. A fact whose text holds the name of a subscription wakes it; the subscription
 * {@code late} decides everything.
 */
final class Story {
    private static final long MILLISECOND = 1_000_000;

    final List<Publication> publications = new ArrayList<>();
    final List<Delivery> deliveries = new ArrayList<>();
    final List<Journalled> journal = new ArrayList<>();
    final List<Standing> standings = new ArrayList<>();
    final List<EndedWake> ended = new ArrayList<>();

    /** Three facts of which the second and third wake a subscriber, which does its work. */
    static Story clean() {
        Story story = new Story();
        story.standings.add(new Standing("late", 1, List.of()));
        return story.fact("calm", "s", "nothing", 10)
                .fact("first", "s", "late 1", 20)
                .fact("second", "s", "late 2", 30)
                .delivered("taker", 20, 1, 40, done(45, 50))
                .delivered("taker", 30, 1, 60, done(65, 70));
    }

    static FactId at(long position) {
        return new FactId(0, position, 0);
    }

    static String wake(long position) {
        return "0-" + position + "-00000000.1";
    }

    /** A fact published and journalled as it should be. */
    Story fact(String key, String subject, String text, long position) {
        return accepted(key, subject, text, position - 2, position + 2, position)
                .journalled(key, subject, text, position);
    }

    Story accepted(String key, String subject, String text, long from, long to, long position) {
        return accepted(key, subject, text, from, to, position, Durability.FSYNCED);
    }

    Story accepted(String key, String subject, String text, long from, long to, long position, Durability level) {
        return published(key, subject, text, from, to, Publication.Outcome.ACCEPTED, at(position), level);
    }

    Story refused(String key, String subject, String text, long from, long to) {
        return published(key, subject, text, from, to, Publication.Outcome.REFUSED, null, null);
    }

    Story unknown(String key, String subject, String text, long from, long to) {
        return published(key, subject, text, from, to, Publication.Outcome.UNKNOWN, null, null);
    }

    Story journalled(String key, String subject, String text, long position) {
        journal.add(new Journalled(at(position), "anna", key, subject, text));
        return this;
    }

    /** A delivery of a fact about {@code s} with a lease of a second. */
    Story delivered(String taker, long position, int attempt, long receivedAt, GivenVerdict... verdicts) {
        return delivered(taker, position, attempt, receivedAt, receivedAt + 1_000, verdicts);
    }

    Story delivered(
            String taker, long position, int attempt, long receivedAt, long leaseUntil, GivenVerdict... verdicts) {
        deliveries.add(new Delivery(
                taker,
                "late",
                wake(position),
                attempt,
                at(position),
                "s",
                1,
                false,
                receivedAt * MILLISECOND,
                leaseUntil * MILLISECOND,
                List.of(verdicts)));
        return this;
    }

    static GivenVerdict done(long from, long to) {
        return verdict(WakeVerdict.Kind.DONE, from, to, GivenVerdict.Outcome.DONE);
    }

    static GivenVerdict later(long from, long to) {
        return verdict(WakeVerdict.Kind.LATER, from, to, GivenVerdict.Outcome.LATER);
    }

    static GivenVerdict never(long from, long to) {
        return verdict(WakeVerdict.Kind.NEVER, from, to, GivenVerdict.Outcome.DEAD);
    }

    static GivenVerdict unknownDone(long from, long to) {
        return verdict(WakeVerdict.Kind.DONE, from, to, GivenVerdict.Outcome.UNKNOWN);
    }

    static GivenVerdict refusedDone(long from, long to) {
        return verdict(WakeVerdict.Kind.DONE, from, to, GivenVerdict.Outcome.REFUSED);
    }

    HistoryReport check() {
        return check(Durability.FSYNCED);
    }

    HistoryReport check(Durability level) {
        Oracle byName = Oracle.of((fact, standing) -> fact.text().contains(standing.subscription()));
        return check(level, byName);
    }

    HistoryReport check(Durability level, Oracle oracle) {
        HistoryLines.Run run = toRun();
        return HistoryChecker.surviving(level).check(run.history(), run.ending(), oracle);
    }

    HistoryLines.Run toRun() {
        return new HistoryLines.Run(new History(publications, deliveries), new Ending(journal, standings, ended));
    }

    private Story published(
            String key,
            String subject,
            String text,
            long from,
            long to,
            Publication.Outcome outcome,
            @Nullable FactId id,
            @Nullable Durability level) {
        publications.add(new Publication(
                "anna", key, subject, text, from * MILLISECOND, to * MILLISECOND, outcome, id, level, ""));
        return this;
    }

    private static GivenVerdict verdict(WakeVerdict.Kind verdict, long from, long to, GivenVerdict.Outcome outcome) {
        return new GivenVerdict(verdict, from * MILLISECOND, to * MILLISECOND, outcome, "");
    }
}
