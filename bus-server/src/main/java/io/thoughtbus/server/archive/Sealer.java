package io.thoughtbus.server.archive;

import io.thoughtbus.ledger.Checkpoint;
import io.thoughtbus.ledger.GrowingTree;
import io.thoughtbus.ledger.Hash;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.archive.SealedLeaf.Stream;
import io.thoughtbus.server.archive.SegmentIndex.Part;
import io.thoughtbus.server.archive.SegmentIndex.Reach;
import io.thoughtbus.server.audit.LedgerLeaves;
import io.thoughtbus.server.audit.LedgerLeaves.Leaf;
import io.thoughtbus.server.audit.LedgerLeaves.Signed;
import io.thoughtbus.server.journal.RedisErased;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.Shards;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntryBinary;

/**
 * Seals what a signed checkpoint covers and the archive does not have. How far the archive goes is told by its last
 * segment alone, which is written as a whole or not at all: a crash between any two lines leaves nothing half done.
 */
@Component
@IfArchiving
final class Sealer {
    private static final StreamEntryID ORIGIN = new StreamEntryID(0, 0);
    private static final int LEAVES_TOGETHER = 256;
    private static final int MOST_IN_BLOCK = 1_024;
    private static final long MOST_BLOCK_BYTES = 2L << 20;
    private static final long MOST_LEAVES = 16_384;
    private static final long MOST_BYTES = 16L << 20;
    private static final int ASKED_TOGETHER = 1_000;

    private final Segments segments;
    private final SegmentStore store;
    private final LedgerLeaves ledger;
    private final RedisJournal journal;
    private final RedisErased erased;
    private final SegmentErasure erasure;
    private final Shards shards;
    private final Clock clock;

    Sealer(
            Segments segments,
            SegmentStore store,
            LedgerLeaves ledger,
            RedisJournal journal,
            RedisErased erased,
            SegmentErasure erasure,
            Shards shards,
            Clock clock) {
        this.segments = segments;
        this.store = store;
        this.ledger = ledger;
        this.journal = journal;
        this.erased = erased;
        this.erasure = erasure;
        this.shards = shards;
        this.clock = clock;
    }

    /** How many leaves a segment has at most. */
    static long most() {
        return MOST_LEAVES;
    }

    /**
     * Seals the next segment.
     *
     * @param checkpoint what covers it
     * @return the segment; empty if the archive has all that the checkpoint covers
     */
    Optional<Segment> seal(String namespace, Signed checkpoint) {
        segments.changed(namespace);
        Optional<Segment> last = segments.last(namespace);
        long from = last.map(segment -> segment.index().to()).orElse(0L);
        GrowingTree tree = continued(namespace, last, checkpoint);
        if (from >= checkpoint.size()) {
            return Optional.empty();
        }
        List<Hash> peaks = tree.peaks();
        Progress progress = new Progress(namespace, last);
        List<List<SealedLeaf>> blocks = new ArrayList<>();
        long before = 0;
        long to = from;
        while (to < checkpoint.size() && to - from < MOST_LEAVES && progress.bytes < MOST_BYTES) {
            if (blocks.isEmpty()
                    || blocks.get(blocks.size() - 1).size() >= MOST_IN_BLOCK
                    || progress.bytes - before >= MOST_BLOCK_BYTES) {
                blocks.add(new ArrayList<>());
                before = progress.bytes;
            }
            long end = Math.min((to / LEAVES_TOGETHER + 1) * LEAVES_TOGETHER, checkpoint.size());
            for (Leaf leaf : ledger.read(namespace, to, end)) {
                tree.append(leaf.hash());
                blocks.get(blocks.size() - 1).add(progress.take(leaf));
            }
            to = end;
        }
        long end = to;
        List<String> consistency = texts(ledger.consistency(namespace, end, checkpoint.size()));
        byte[] file = SegmentFile.encode(
                blocks,
                (size, parts) -> index(namespace, from, end, blocks, peaks, checkpoint, consistency, progress, parts));
        SegmentName name = new SegmentName(from, 0);
        store.create(namespace, name, file);
        segments.changed(namespace);
        forgetErased(namespace, from);
        return segments.find(namespace, from);
    }

    /** Takes out of a segment the facts that were erased while it was written. */
    void forgetErased(String namespace, long from) {
        List<FactId> kept = segments.stable(
                namespace,
                () -> segments.find(namespace, from)
                        .map(segment -> erasure.facts(namespace, segment))
                        .orElse(List.of()));
        List<FactId> gone = new ArrayList<>();
        for (int i = 0; i < kept.size(); i += ASKED_TOGETHER) {
            gone.addAll(erased.among(namespace, kept.subList(i, Math.min(kept.size(), i + ASKED_TOGETHER))));
        }
        if (!gone.isEmpty()) {
            erasure.erase(namespace, gone);
        }
    }

    /** The tree of all leaves that the archive has. */
    private GrowingTree continued(String namespace, Optional<Segment> last, Signed checkpoint) {
        if (last.isEmpty()) {
            return GrowingTree.empty();
        }
        SegmentIndex index = last.get().index();
        String origin = ledger.origin(namespace);
        if (!index.origin().equals(origin) || index.to() > checkpoint.size()) {
            throw new ForeignArchiveException("the archive goes to leaf " + index.to() + " of " + index.origin()
                    + ", and the ledger " + origin + " is signed to leaf " + checkpoint.size());
        }
        List<Hash> peaks = ledger.peaks(namespace, index.to());
        GrowingTree tree = GrowingTree.of(index.to(), peaks);
        if (!SegmentCheck.leadsToCheckpoint(index, tree.root(), Checkpoint.parse(index.checkpoint()))) {
            throw new ForeignArchiveException(
                    "the archive to leaf " + index.to() + " is not of the ledger that Redis holds now");
        }
        return tree;
    }

    private SegmentIndex index(
            String namespace,
            long from,
            long to,
            List<List<SealedLeaf>> blocks,
            List<Hash> peaks,
            Signed checkpoint,
            List<String> consistency,
            Progress progress,
            List<Part> parts) {
        return new SegmentIndex(
                ledger.origin(namespace),
                from,
                to,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                SegmentFile.count(blocks, Stream.FACTS),
                SegmentFile.count(blocks, Stream.MATCHES),
                texts(peaks),
                checkpoint.note(),
                consistency,
                progress.reached(),
                parts);
    }

    private static List<String> texts(List<Hash> hashes) {
        return hashes.stream().map(Hash::toString).toList();
    }

    /** How far the archive goes with each leaf. */
    private final class Progress {
        private final String namespace;
        private final List<StreamEntryID> facts = new ArrayList<>();
        private final List<StreamEntryID> matches = new ArrayList<>();
        private final List<@Nullable String> missing = new ArrayList<>();
        private long bytes;

        Progress(String namespace, Optional<Segment> last) {
            this.namespace = namespace;
            shards.all().forEach(shard -> {
                StreamEntryID reached = last.map(segment -> segment.index().last(Stream.FACTS, shard))
                        .orElse(ORIGIN);
                facts.add(reached);
                matches.add(last.map(segment -> segment.index().last(Stream.MATCHES, shard))
                        .orElse(ORIGIN));
                missing.add(journal.wholeFrom(namespace, shard)
                        .map(Sealer::before)
                        .filter(gone -> gone.compareTo(reached) > 0)
                        .map(StreamEntryID::toString)
                        .orElse(last.map(segment -> segment.index().shards())
                                .filter(known -> shard < known.size())
                                .map(known -> known.get(shard).missing())
                                .orElse(null)));
            });
        }

        SealedLeaf take(Leaf leaf) {
            FactId fact = leaf.fact();
            if (fact == null) {
                return SealedLeaf.hashed(leaf.hash());
            }
            boolean isFact = leaf.of() == LedgerLeaves.Of.FACT;
            StreamEntryID position = new StreamEntryID(fact.milliseconds(), fact.sequence());
            List<StreamEntryID> reached = isFact ? facts : matches;
            if (isFact && reached.get(fact.shard()).equals(ORIGIN)) {
                noteUnknown(fact);
            }
            reached.set(fact.shard(), position);
            StreamEntryBinary entry = leaf.entry();
            if (entry == null) {
                return SealedLeaf.hashed(leaf.hash());
            }
            entry.getFields().values().forEach(value -> bytes += value.length);
            SealedLeaf sealed = new SealedLeaf(isFact ? Stream.FACTS : Stream.MATCHES, fact.shard(), entry, null);
            return sealed.computed().equals(leaf.hash())
                    ? sealed
                    : new SealedLeaf(sealed.stream(), sealed.shard(), entry, leaf.hash());
        }

        /** Facts before the first one whose leaf the ledger still knows are not archived. */
        private void noteUnknown(FactId first) {
            if (journal.first(namespace, first.shard()).compareTo(first) < 0) {
                missing.set(first.shard(), before(first).toString());
            }
        }

        List<Reach> reached() {
            List<Reach> reached = new ArrayList<>();
            shards.all()
                    .forEach(shard -> reached.add(new Reach(
                            facts.get(shard).toString(), matches.get(shard).toString(), missing.get(shard))));
            return reached;
        }
    }

    private static StreamEntryID before(FactId position) {
        return position.sequence() > 0
                ? new StreamEntryID(position.milliseconds(), position.sequence() - 1)
                : new StreamEntryID(Math.max(0, position.milliseconds() - 1), Long.MAX_VALUE);
    }
}
