package io.thoughtbus.server.replay;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestPart;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.subscription.ShardHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The versions that decide the facts being read, of one model; moves on with the facts. */
final class Panel {
    private final Function<Collection<InterestRef>, Map<InterestRef, CompiledInterest>> interests;
    private final List<Term> waiting;
    private final List<Seat> seats = new ArrayList<>();
    private final Sieve sieve;
    private final Map<Integer, Standing> bySlot = new HashMap<>();
    private final List<Term> missing = new ArrayList<>();
    private int next;

    /**
     * A panel before its first fact.
     *
     * @param histories of each shard, in their order; without the subscriptions that the replay leaves out
     * @param interests what reads compiled interests
     */
    Panel(
            List<List<ShardHistory.Span>> histories,
            Function<Collection<InterestRef>, Map<InterestRef, CompiledInterest>> interests,
            int dimension) {
        this.interests = interests;
        this.sieve = new Sieve(dimension);
        Map<InterestRef, ShardHistory.@Nullable Span[]> spans = new HashMap<>();
        for (int shard = 0; shard < histories.size(); shard++) {
            for (ShardHistory.Span span : histories.get(shard)) {
                spans.computeIfAbsent(span.version(), ref -> new ShardHistory.Span[histories.size()])[shard] = span;
            }
        }
        this.waiting = new ArrayList<>();
        spans.forEach((ref, each) -> waiting.add(new Term(ref, Arrays.asList(each))));
        waiting.sort(Comparator.comparing(Term::after));
    }

    /** Seats the versions that may decide facts between two positions, both included, and none that may not any more. */
    void moveTo(FactId first, FactId last) {
        for (Iterator<Seat> each = seats.iterator(); each.hasNext(); ) {
            Seat seat = each.next();
            if (seat.until().compareTo(first) < 0) {
                sieve.remove(seat.slot());
                bySlot.remove(seat.slot());
                each.remove();
            }
        }
        missing.removeIf(term -> term.until().compareTo(first) < 0);
        List<Term> coming = new ArrayList<>();
        for (; next < waiting.size() && waiting.get(next).after().compareTo(last) < 0; next++) {
            if (waiting.get(next).until().compareTo(first) >= 0) {
                coming.add(waiting.get(next));
            }
        }
        seat(coming);
    }

    /** A version that decides a fact and is no longer stored for this model. */
    Optional<InterestRef> missingFor(FactId fact) {
        return missing.stream()
                .filter(term -> term.decides(fact))
                .map(Term::version)
                .findFirst();
    }

    /** The versions that decide a fact and that it may reach, of those that are stored, in the order of their subscriptions' ids. */
    List<Standing> reached(FactId fact, Embedding embedding) {
        Set<Standing> found = new HashSet<>();
        sieve.reached(embedding, slot -> {
            Standing standing = bySlot.get(slot);
            if (standing != null && standing.decides(fact)) {
                found.add(standing);
            }
        });
        List<Standing> reached = new ArrayList<>(found);
        reached.sort(Comparator.comparing(standing -> standing.interest().subscription()));
        return reached;
    }

    private void seat(List<Term> coming) {
        if (coming.isEmpty()) {
            return;
        }
        Map<InterestRef, CompiledInterest> compiled =
                interests.apply(coming.stream().map(Term::version).toList());
        for (Term term : coming) {
            CompiledInterest interest = compiled.get(term.version());
            if (interest == null) {
                missing.add(term);
                continue;
            }
            Standing standing = new Standing(interest, term.spans());
            for (InterestPart part : interest.parts()) {
                int slot = sieve.add(part.direction(), interest.lowest(part));
                bySlot.put(slot, standing);
                seats.add(new Seat(slot, term.until()));
            }
        }
    }

    /** A version that comes on the panel. */
    private record Term(InterestRef version, List<ShardHistory.@Nullable Span> spans, FactId after, FactId until) {

        Term(InterestRef version, List<ShardHistory.@Nullable Span> spans) {
            this(
                    version,
                    spans,
                    present(spans).stream()
                            .map(ShardHistory.Span::after)
                            .min(Comparator.naturalOrder())
                            .orElseThrow(),
                    present(spans).stream()
                            .map(ShardHistory.Span::until)
                            .max(Comparator.naturalOrder())
                            .orElseThrow());
        }

        boolean decides(FactId fact) {
            ShardHistory.Span span = spans.get(fact.shard());
            return span != null && span.holds(fact);
        }

        private static List<ShardHistory.Span> present(List<ShardHistory.@Nullable Span> spans) {
            List<ShardHistory.Span> present = new ArrayList<>();
            for (ShardHistory.Span span : spans) {
                if (span != null) {
                    present.add(span);
                }
            }
            return present;
        }
    }

    /** A part of a version on the panel, with the last position that it may decide. */
    private record Seat(int slot, FactId until) {}
}
