package io.thoughtbus.server.history;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.WakeVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Spoils a clean story by one fault of a kind, and nothing else. */
final class Plant {
    private static final long END = 1_000_000_000_000L;

    private final Random random;
    private final Story story;
    private final RandomInboxes inboxes;

    Plant(Random random, Story story) {
        this.random = random;
        this.story = story;
        this.inboxes = new RandomInboxes(random, story);
    }

    /** Answers what the report must name. */
    String plant(FaultKind kind) {
        return switch (kind) {
            case LOST_FACT -> lost();
            case STORED_TWICE -> twice();
            case REFUSED_BUT_STORED -> refused();
            case ALTERED_FACT -> altered();
            case JOURNAL_ORDER -> journalOrder();
            case DELIVERY_ORDER -> deliveryOrder();
            case MISSED_WAKE -> missed();
            case FALSE_WAKE -> unowed(any(story.journal, fact -> fact.text().equals("calm")));
            case PHANTOM_WAKE -> unowed(new Journalled(new FactId(0, END, 7), "p", "k", "phantom", "late"));
            case HELD_BY_TWO -> heldByTwo();
            case NEVER_SETTLED -> neverSettled();
            case WOKEN_AFTER_DONE -> wokenAfterDone();
        };
    }

    private String lost() {
        Publication lost = any(
                story.publications,
                publication -> publication.isAccepted(Durability.FSYNCED)
                        && publication.text().equals("calm"));
        story.journal.removeIf(fact -> fact.id().equals(lost.id()));
        return String.valueOf(lost.id());
    }

    private String twice() {
        Journalled fact = any(story.journal, calm -> calm.text().equals("calm"));
        journal(END, fact.publisher(), String.valueOf(fact.key()), fact.subject(), "calm");
        return fact.id().toString();
    }

    private String refused() {
        publish("refused", END, END + 10, null);
        return journal(END + 5, "p-0", "refused", "planted", "calm").id().toString();
    }

    private String altered() {
        Journalled fact = any(story.journal, calm -> calm.text().equals("calm"));
        story.journal.set(
                story.journal.indexOf(fact),
                new Journalled(fact.id(), fact.publisher(), fact.key(), fact.subject(), "claim"));
        return fact.id().toString();
    }

    private String journalOrder() {
        Journalled later = journal(END + 20, "p-0", "first", "planted", "calm");
        publish("first", END, END + 10, later.id());
        publish(
                "second",
                END + 11,
                END + 21,
                journal(END + 15, "p-0", "second", "planted", "calm").id());
        return later.id().toString();
    }

    /** To a subscription with one taker. */
    private String deliveryOrder() {
        Standing alone = new Standing("planted", 1, List.of());
        story.standings.add(alone);
        Journalled first = journal(END + 5, "p-0", "first", "planted", "planted");
        Journalled second = journal(END + 15, "p-0", "second", "planted", "planted");
        publish("first", END, END + 10, first.id());
        publish("second", END + 11, END + 21, second.id());
        deliver(second, alone, END + 100);
        deliver(first, alone, END + 200);
        return first.id().toString();
    }

    private String missed() {
        Delivery gone = any(
                story.deliveries,
                delivery -> !delivery.replay()
                        && story.ended.stream().noneMatch(ended -> ended.name().equals(delivery.name())));
        story.deliveries.removeIf(delivery -> delivery.name().equals(gone.name()));
        return gone.fact().toString();
    }

    private String unowed(Journalled fact) {
        deliver(fact, END + 100);
        return fact.id().toString();
    }

    private String heldByTwo() {
        Delivery held = any(
                story.deliveries,
                delivery -> delivery.heldUntil(HistoryRandomTest.TOLERANCE) > delivery.receivedAt() + 2);
        long until = held.heldUntil(HistoryRandomTest.TOLERANCE);
        long time = held.receivedAt() + 1 + random.nextInt((int) (until - held.receivedAt() - 1));
        again(held, held.attempt(), time, until + HistoryRandomTest.TOLERANCE);
        return held.wake();
    }

    private String neverSettled() {
        Delivery left = any(
                story.deliveries,
                delivery -> story.ended.stream().noneMatch(ended -> ended.name().equals(delivery.name()))
                        && story.deliveries.stream()
                                        .filter(other -> other.name().equals(delivery.name()))
                                        .count()
                                == 1);
        replace(left, List.of());
        return left.wake();
    }

    private String wokenAfterDone() {
        Delivery done =
                any(story.deliveries, delivery -> delivery.verdicts().stream().anyMatch(GivenVerdict::isDone));
        GivenVerdict last = done.verdicts().get(done.verdicts().size() - 1);
        long time = last.completedAt() + 1 + random.nextInt(1_000_000);
        again(done, done.attempt() + random.nextInt(2), time, time + 100_000_000);
        return done.wake();
    }

    private void replace(Delivery old, List<GivenVerdict> verdicts) {
        story.deliveries.set(
                story.deliveries.indexOf(old),
                new Delivery(
                        old.taker(),
                        old.subscription(),
                        old.wake(),
                        old.attempt(),
                        old.fact(),
                        old.subject(),
                        old.version(),
                        old.replay(),
                        old.receivedAt(),
                        old.leaseUntil(),
                        verdicts));
    }

    private void again(Delivery first, int attempt, long receivedAt, long leaseUntil) {
        story.deliveries.add(new Delivery(
                "thief",
                first.subscription(),
                first.wake(),
                attempt,
                first.fact(),
                first.subject(),
                first.version(),
                first.replay(),
                receivedAt,
                leaseUntil,
                List.of(new GivenVerdict(
                        WakeVerdict.Kind.DONE, receivedAt + 10, receivedAt + 20, GivenVerdict.Outcome.REFUSED, ""))));
    }

    private void deliver(Journalled fact, long receivedAt) {
        Standing standing = new Standing("late", 2, List.of());
        deliver(fact, new Standings(story.standings).deciding("late", fact.id()).orElse(standing), receivedAt);
    }

    private void deliver(Journalled fact, Standing standing, long receivedAt) {
        inboxes.wake(
                fact,
                standing,
                false,
                1,
                "planter",
                receivedAt,
                receivedAt + 100_000_000,
                RandomInboxes.given(receivedAt + 10, GivenVerdict.Outcome.DONE));
    }

    private Journalled journal(long time, String publisher, String key, @Nullable String subject, String text) {
        Journalled fact = new Journalled(new FactId(RandomRun.shard(subject), time, 0), publisher, key, subject, text);
        story.journal.add(fact);
        return fact;
    }

    /** A request about the journalled fact of this key, refused if it has no id. */
    private void publish(String key, long from, long to, @Nullable FactId id) {
        String text = story.journal.stream()
                .filter(fact -> fact.id().equals(id))
                .map(Journalled::text)
                .findFirst()
                .orElse("calm");
        story.publications.add(new Publication(
                "p-0",
                key,
                "planted",
                text,
                from,
                to,
                id == null ? Publication.Outcome.REFUSED : Publication.Outcome.ACCEPTED,
                id,
                id == null ? null : Durability.FSYNCED,
                ""));
    }

    private <T> T any(List<T> things, Predicate<T> fit) {
        List<T> fitting = new ArrayList<>(things);
        fitting.removeIf(fit.negate());
        return fitting.get(random.nextInt(fitting.size()));
    }
}
