package io.thoughtbus.server.archive;

import io.thoughtbus.ledger.Checkpoint;
import io.thoughtbus.ledger.GrowingTree;
import io.thoughtbus.ledger.Hash;
import io.thoughtbus.ledger.Proof;
import io.thoughtbus.ledger.UntrustedNoteException;
import io.thoughtbus.server.audit.LedgerLeaves;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Verifies a segment by what it holds itself and the keys of its ledger: each entry gives a leaf, all leaves a tree, and
 * that leads to the root that was signed.
 */
@Component
@IfArchiving
final class SegmentCheck {
    private final Segments segments;
    private final LedgerLeaves ledger;

    SegmentCheck(Segments segments, LedgerLeaves ledger) {
        this.segments = segments;
        this.ledger = ledger;
    }

    /** What was found. */
    Finding verify(String namespace, long from) {
        @Nullable SegmentName name = segments.names(namespace).get(from);
        try {
            return segments.stable(
                    namespace,
                    () -> segments.find(namespace, from)
                            .map(segment -> verify(namespace, segment))
                            .orElseThrow(() -> new NoSuchSegmentException(namespace, new SegmentName(from, 0))));
        } catch (DamagedSegmentException e) {
            return new Finding(from, null, String.valueOf(name), 0, 0, false, e.damage());
        }
    }

    private Finding verify(String namespace, Segment segment) {
        SegmentIndex index = segment.index();
        GrowingTree tree;
        Checkpoint checkpoint;
        try {
            tree = GrowingTree.of(
                    index.from(), index.peaks().stream().map(Hash::parse).toList());
            checkpoint = ledger.open(namespace, index.checkpoint());
        } catch (IllegalArgumentException | UntrustedNoteException e) {
            return Finding.of(segment, "its proof is none: " + e.getMessage());
        }
        if (index.from() != segment.name().from() || !checkpoint.origin().equals(ledger.origin(namespace))) {
            return Finding.of(segment, "it is of leaf " + index.from() + " of " + checkpoint.origin());
        }
        for (int i = 0; i < index.blocks().size(); i++) {
            Optional<String> altered = append(namespace, segment, i, tree);
            if (altered.isPresent()) {
                return Finding.of(segment, altered.get());
            }
        }
        if (tree.size() != index.to()) {
            return Finding.of(segment, "it holds the leaves to " + tree.size() + " instead of " + index.to());
        }
        return Finding.of(
                segment,
                leadsToCheckpoint(index, tree.root(), checkpoint) ? null : "it does not lead to what was signed");
    }

    private Optional<String> append(String namespace, Segment segment, int block, GrowingTree tree) {
        for (SealedLeaf leaf : segments.block(namespace, segment, block)) {
            if (!leaf.computed().equals(leaf.recorded())) {
                return Optional.of(
                        "leaf " + tree.size() + ", of " + leaf.stream().name().toLowerCase(Locale.ROOT)
                                + " " + leaf.shard() + "-" + leaf.position()
                                + ", was not what the ledger had recorded when it was archived");
            }
            tree.append(leaf.recorded());
        }
        return Optional.empty();
    }

    /** Whether the tree at the end of a segment continues to what was signed. */
    static boolean leadsToCheckpoint(SegmentIndex index, Hash root, Checkpoint checkpoint) {
        List<Hash> proof = index.consistency().stream().map(Hash::parse).toList();
        return index.to() <= checkpoint.size()
                && Proof.verifyConsistency(index.to(), checkpoint.size(), proof, root, checkpoint.root());
    }

    /**
     * What a verification found.
     *
     * @param from the segment's first leaf
     * @param to the leaf after its last; absent if its index cannot be read
     * @param file its name
     * @param facts how many it keeps
     * @param hashesOnly of how many leaves it has the hash alone, because they are of something else or were erased
     * @param intact whether it is what was sealed
     * @param damage what is wrong with it; absent if nothing is
     */
    record Finding(
            long from,
            @Nullable Long to,
            String file,
            int facts,
            long hashesOnly,
            boolean intact,
            @Nullable String damage) {
        private static Finding of(Segment segment, @Nullable String damage) {
            SegmentIndex index = segment.index();
            return new Finding(
                    index.from(),
                    index.to(),
                    segment.name().toString(),
                    index.facts(),
                    index.to() - index.from() - index.facts() - index.matches(),
                    damage == null,
                    damage);
        }
    }
}
