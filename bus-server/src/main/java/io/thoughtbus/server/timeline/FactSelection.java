package io.thoughtbus.server.timeline;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.TimelineQuery;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.RedisWithdrawals;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.WholeJournal;
import io.thoughtbus.server.journal.Withdrawal;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.matching.WholeRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the facts that a timeline is about, by reading a bounded part of the journal at a time. */
@Component
final class FactSelection {
    /** So many entries of each shard does one page look at. */
    static final int MOST_READ = 1_000;

    private static final FactId BEFORE_ALL = new FactId(0, 0, 0);

    private final Shards shards;
    private final WholeJournal journal;
    private final WholeRecord record;
    private final RedisWithdrawals withdrawals;

    FactSelection(Shards shards, WholeJournal journal, WholeRecord record, RedisWithdrawals withdrawals) {
        this.shards = shards;
        this.journal = journal;
        this.record = record;
        this.withdrawals = withdrawals;
    }

    Page of(String namespace, TimelineQuery query) {
        FactId after = Objects.requireNonNullElse(query.after(), BEFORE_ALL);
        if (query.fact() != null) {
            return new Page(withWhatTakesItBack(namespace, query.fact()), null);
        }
        String subject = query.subject();
        if (subject != null) {
            Part part = facts(namespace, shards.of(subject), after, fact -> subject.equals(fact.subject()));
            return page(List.of(part), query.limit());
        }
        if (query.cause() != null) {
            FactId root = root(namespace, query.cause());
            return page(
                    parts(shard ->
                            facts(namespace, shard, after, fact -> root.equals(fact.id()) || root.equals(fact.root()))),
                    query.limit());
        }
        String subscription = Objects.requireNonNull(query.subscription());
        return page(parts(shard -> concerning(namespace, shard, after, subscription)), query.limit());
    }

    private List<FactId> withWhatTakesItBack(String namespace, FactId fact) {
        Withdrawal withdrawal = withdrawals.find(namespace, List.of(fact)).get(fact);
        return withdrawal == null ? List.of(fact) : List.of(fact, withdrawal.by());
    }

    private FactId root(String namespace, FactId cause) {
        return journal.statements(namespace, List.of(cause)).stream()
                .map(Fact::root)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(cause);
    }

    private List<Part> parts(IntFunction<Part> read) {
        return shards.all().mapToObj(read).toList();
    }

    private Part facts(String namespace, int shard, FactId after, Predicate<Fact> wanted) {
        List<Fact> read = journal.statements(namespace, shard, start(shard, after), "+", MOST_READ);
        List<FactId> ids = read.stream().filter(wanted).map(Fact::id).toList();
        return new Part(
                ids, read.size() < MOST_READ ? null : read.get(MOST_READ - 1).id());
    }

    private Part concerning(String namespace, int shard, FactId after, String subscription) {
        List<MatchSet> read = record.range(namespace, shard, start(shard, after), "+", MOST_READ);
        List<FactId> ids = read.stream()
                .filter(set -> isAbout(set, subscription))
                .map(MatchSet::fact)
                .toList();
        return new Part(
                ids, read.size() < MOST_READ ? null : read.get(MOST_READ - 1).fact());
    }

    static boolean isAbout(MatchSet set, String subscription) {
        return Stream.of(
                        set.matches().stream(),
                        set.told().stream(),
                        set.inDoubt().stream(),
                        set.stopped().stream().map(MatchSet.Stop::match))
                .flatMap(matches -> matches)
                .anyMatch(match -> match.interest().subscription().equals(subscription));
    }

    /** What follows a position in the order of all shards, as the start of an XRANGE. */
    private static String start(int shard, FactId after) {
        return (shard > after.shard() ? "" : "(") + RedisJournal.position(after);
    }

    /** What has been read of one shard counts as far as the others have been read. */
    private static Page page(List<Part> parts, int limit) {
        FactId horizon = parts.stream()
                .map(Part::last)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        List<FactId> facts = parts.stream()
                .flatMap(part -> part.facts().stream())
                .filter(fact -> horizon == null || fact.compareTo(horizon) <= 0)
                .sorted()
                .toList();
        return facts.size() > limit
                ? new Page(facts.subList(0, limit), facts.get(limit - 1))
                : new Page(facts, horizon);
    }

    /**
     * Some facts.
     *
     * @param facts in the order of the journal
     * @param next after which position to go on; absent if there is nothing more
     */
    record Page(List<FactId> facts, @Nullable FactId next) {}

    /** What was found in one shard; and the last position read, unless it was read to its end. */
    private record Part(List<FactId> facts, @Nullable FactId last) {}
}
