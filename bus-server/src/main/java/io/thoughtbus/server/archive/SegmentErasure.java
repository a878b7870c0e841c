package io.thoughtbus.server.archive;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.archive.SealedLeaf.Stream;
import io.thoughtbus.server.erasure.ErasurePart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import redis.clients.jedis.StreamEntryID;

/**
 * Erases facts from segments: a segment is written anew as its next generation, with the hashes of the erased facts in
 * their place, and the generations before it are removed. Nobody needs to be kept from doing the same: who comes second
 * finds the generation taken, and starts again from it.
 */
@Component
@IfArchiving
final class SegmentErasure implements ErasurePart {
    private final Segments segments;
    private final SegmentStore store;

    SegmentErasure(Segments segments, SegmentStore store) {
        this.segments = segments;
        this.store = store;
    }

    @Override
    public void erase(String namespace, List<FactId> facts) {
        segments.changed(namespace);
        Map<Integer, List<FactId>> byShard = new HashMap<>();
        facts.forEach(fact -> byShard.computeIfAbsent(fact.shard(), shard -> new ArrayList<>())
                .add(fact));
        Set<Long> holding = new HashSet<>();
        byShard.forEach((shard, some) -> some.forEach(fact -> {
            StreamEntryID position = new StreamEntryID(fact.milliseconds(), fact.sequence());
            segments.holding(namespace, Stream.FACTS, shard, position).ifPresent(holding::add);
        }));
        Set<FactId> all = Set.copyOf(facts);
        holding.forEach(from -> rewrite(namespace, from, all));
        tidy(namespace);
    }

    /** The facts that a segment keeps. */
    List<FactId> facts(String namespace, Segment segment) {
        List<FactId> facts = new ArrayList<>();
        for (int i = 0; i < segment.index().blocks().size(); i++) {
            segments.block(namespace, segment, i).stream()
                    .filter(SegmentErasure::isFact)
                    .map(SegmentErasure::fact)
                    .forEach(facts::add);
        }
        return facts;
    }

    private void rewrite(String namespace, long from, Set<FactId> facts) {
        boolean isWithout = false;
        while (!isWithout) {
            isWithout = segments.stable(namespace, () -> {
                Segment segment = segments.find(namespace, from).orElseThrow();
                List<FactId> kept = facts(namespace, segment);
                if (kept.stream().noneMatch(facts::contains)) {
                    return true;
                }
                boolean isWritten = store.create(namespace, segment.name().next(), without(namespace, segment, facts));
                segments.changed(namespace);
                return isWritten;
            });
        }
    }

    private byte[] without(String namespace, Segment segment, Set<FactId> facts) {
        List<List<SealedLeaf>> blocks = new ArrayList<>();
        for (int i = 0; i < segment.index().blocks().size(); i++) {
            blocks.add(segments.block(namespace, segment, i).stream()
                    .map(leaf -> isFact(leaf) && facts.contains(fact(leaf)) ? leaf.erased() : leaf)
                    .toList());
        }
        return SegmentFile.encode(
                blocks, (size, parts) -> segment.index().with(SegmentFile.count(blocks, Stream.FACTS), parts));
    }

    /** Removes generations that others have taken the place of, also those that a crash has left. */
    private void tidy(String namespace) {
        segments.changed(namespace);
        Map<Long, SegmentName> newest = segments.names(namespace);
        for (SegmentName name : store.list(namespace)) {
            SegmentName counts = newest.get(name.from());
            if (counts != null && name.generation() < counts.generation()) {
                store.delete(namespace, name);
            }
        }
    }

    private static boolean isFact(SealedLeaf leaf) {
        return leaf.entry() != null && leaf.stream() == Stream.FACTS;
    }

    private static FactId fact(SealedLeaf leaf) {
        return new FactId(
                leaf.shard(), leaf.position().getTime(), leaf.position().getSequence());
    }
}
