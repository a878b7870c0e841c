package io.thoughtbus.server.archive;

import io.thoughtbus.server.audit.LedgerLeaves;
import io.thoughtbus.server.audit.LedgerLeaves.Signed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells what is archived, and archives on demand. */
@Component
@IfArchiving
final class Archivist {
    private static final int MOST_SEALED = 16;

    private final Segments segments;
    private final Sealer sealer;
    private final LedgerLeaves ledger;

    Archivist(Segments segments, Sealer sealer, LedgerLeaves ledger) {
        this.segments = segments;
        this.sealer = sealer;
        this.ledger = ledger;
    }

    /** Some segments, the oldest first, from a leaf on. */
    Page list(String namespace, long from, int most) {
        List<Long> begins = List.copyOf(segments.names(namespace).tailMap(from).keySet());
        List<Listed> page = begins.stream()
                .limit(most)
                .map(begin -> listed(namespace, begin))
                .toList();
        return new Page(page, begins.size() > most ? Long.toString(begins.get(most)) : null);
    }

    /** Signs the ledger and archives what is new, 16 segments at most. */
    Page seal(String namespace) {
        Signed checkpoint = ledger.sign(namespace);
        List<Listed> sealed = new ArrayList<>();
        Optional<Segment> next = sealer.seal(namespace, checkpoint);
        while (next.isPresent()) {
            sealed.add(Listed.of(next.get()));
            next = sealed.size() < MOST_SEALED ? sealer.seal(namespace, checkpoint) : Optional.empty();
        }
        return new Page(sealed, null);
    }

    private Listed listed(String namespace, long from) {
        try {
            return segments.find(namespace, from).map(Listed::of).orElseThrow();
        } catch (DamagedSegmentException e) {
            SegmentName name = segments.names(namespace).getOrDefault(from, new SegmentName(from, 0));
            return new Listed(name.toString(), from, null, null, null, null, null, null, e.damage());
        }
    }

    /**
     * Some segments.
     *
     * @param next where the next page begins; absent if there is none
     */
    record Page(List<Listed> segments, @Nullable String next) {
        Page {
            segments = List.copyOf(segments);
        }
    }

    /**
     * A segment.
     *
     * @param file its name
     * @param from its first leaf in the ledger
     * @param to the leaf after its last
     * @param facts how many it keeps
     * @param matches how many records of matches it keeps
     * @param bytes how long its file is
     * @param generation how often facts were erased from it
     * @param sealedAt when it was written first
     * @param damage why it cannot be read; absent if it can
     */
    record Listed(
            String file,
            long from,
            @Nullable Long to,
            @Nullable Integer facts,
            @Nullable Integer matches,
            @Nullable Long bytes,
            @Nullable Integer generation,
            @Nullable Instant sealedAt,
            @Nullable String damage) {
        private static Listed of(Segment segment) {
            SegmentIndex index = segment.index();
            return new Listed(
                    segment.name().toString(),
                    index.from(),
                    index.to(),
                    index.facts(),
                    index.matches(),
                    segment.bytes(),
                    segment.name().generation(),
                    index.sealedAt(),
                    null);
        }
    }
}
