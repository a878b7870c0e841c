package io.thoughtbus.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.JournalPoint;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.journal.WholeJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JournalReaderTest {
    private static final Shards SHARDS = new Shards(3);
    private static final FactId NOTHING_READ = new FactId(0, 0, 0);
    private static final ReplayRange EVERYTHING =
            range(at(NOTHING_READ), JournalPoint.at(Instant.ofEpochMilli(1_000_000)));

    private final long seed = Long.getLong("thoughtbus.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final String namespace = Fresh.namespace();
    private final WholeJournal journal = JournalInHand.whole();

    @Test
    void readsAllShardsInTheOneOrderOfPositions() {
        append(
                new FactId(0, 5, 10),
                new FactId(0, 6, 0),
                new FactId(1, 5, 2),
                new FactId(1, 5, 10),
                new FactId(2, 4, 0),
                new FactId(2, 5, 2));

        assertThat(readAll(EVERYTHING))
                .containsExactly(
                        new FactId(2, 4, 0),
                        new FactId(1, 5, 2),
                        new FactId(2, 5, 2),
                        new FactId(0, 5, 10),
                        new FactId(1, 5, 10),
                        new FactId(0, 6, 0));
    }

    @Test
    void handsOverTheFactsWithTheirTextAndEmbedding() {
        append(new FactId(1, 5, 2));

        List<StoredFact> facts = reader(EVERYTHING, NOTHING_READ).next(1);

        assertThat(facts).singleElement().satisfies(fact -> {
            assertThat(fact.fact().text()).isEqualTo("the fact 1-5-2");
            assertThat(fact.embedding().dimension()).isEqualTo(16);
        });
    }

    @Test
    void hasNothingToReadInAnEmptyJournal() {
        assertThat(readAll(EVERYTHING)).isEmpty();
    }

    @Test
    void aRangeOfTimesIncludesBothMilliseconds() {
        append(new FactId(0, 4, 9), new FactId(0, 5, 0), new FactId(0, 7, 3), new FactId(0, 8, 0));
        append(new FactId(2, 5, 1), new FactId(2, 7, 9));

        assertThat(readAll(range(JournalPoint.at(Instant.ofEpochMilli(5)), JournalPoint.at(Instant.ofEpochMilli(7)))))
                .containsExactly(new FactId(0, 5, 0), new FactId(2, 5, 1), new FactId(0, 7, 3), new FactId(2, 7, 9));
    }

    @Test
    void aRangeOfPositionsIncludesBothAndCutsTheOtherShardsByTheOrder() {
        for (int shard = 0; shard < 3; shard++) {
            append(new FactId(shard, 5, 1), new FactId(shard, 6, 0), new FactId(shard, 7, 1));
        }

        assertThat(readAll(range(at(new FactId(1, 5, 1)), at(new FactId(1, 7, 1)))))
                .containsExactly(
                        new FactId(1, 5, 1),
                        new FactId(2, 5, 1),
                        new FactId(0, 6, 0),
                        new FactId(1, 6, 0),
                        new FactId(2, 6, 0),
                        new FactId(0, 7, 1),
                        new FactId(1, 7, 1));
    }

    @Test
    void aRangeThatEndsWhereTheJournalBeginsIsEmpty() {
        append(new FactId(0, 5, 0), new FactId(1, 5, 0));

        assertThat(readAll(range(at(NOTHING_READ), at(NOTHING_READ)))).isEmpty();
    }

    @Test
    void endsOfShardsAreIncluded() {
        append(new FactId(0, 5, 0), new FactId(0, 6, 0));
        append(new FactId(1, 5, 0), new FactId(1, 6, 0));
        ReplayRange range = new ReplayRange(
                at(NOTHING_READ),
                at(new FactId(0, 6, 0)),
                List.of(new FactId(0, 5, 0), new FactId(1, 6, 0), new FactId(2, 0, 0)));

        assertThat(readAll(range)).containsExactly(new FactId(0, 5, 0), new FactId(1, 5, 0), new FactId(1, 6, 0));
    }

    @Test
    void readsFarMoreThanItKeepsInMemory() {
        List<FactId> positions = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            positions.add(new FactId(i % 5 == 0 ? 2 : 0, 10 + i / 7, i));
        }
        append(positions.toArray(FactId[]::new));

        assertThat(readAll(EVERYTHING)).containsExactlyElementsOf(new TreeSet<>(positions));
    }

    @Test
    void anyRangeHoldsThePositionsBetweenItsEnds() {
        SortedSet<FactId> positions = appendAtRandom(80);
        for (int i = 0; i < 200; i++) {
            JournalPoint one = point(positions);
            JournalPoint other = point(positions);
            boolean ordered = one.first().compareTo(other.last()) <= 0;
            ReplayRange range = ordered ? range(one, other) : range(other, one);

            assertThat(readAll(range))
                    .describedAs("seed %d, %s to %s", seed, range.from(), range.to())
                    .containsExactlyElementsOf(positions.stream()
                            .filter(position -> position.compareTo(range.from().first()) >= 0
                                    && position.compareTo(range.to().last()) <= 0)
                            .toList());
        }
    }

    @Test
    void goingOnFromAnyPositionGivesTheSameRest() {
        SortedSet<FactId> positions = appendAtRandom(120);
        for (FactId read : positions) {
            assertThat(read(EVERYTHING, read))
                    .describedAs("seed %d, after %s", seed, read)
                    .containsExactlyElementsOf(positions.stream()
                            .filter(position -> position.compareTo(read) > 0)
                            .toList());
        }
    }

    private SortedSet<FactId> appendAtRandom(int count) {
        SortedSet<FactId> positions = new TreeSet<>();
        while (positions.size() < count) {
            positions.add(new FactId(random.nextInt(3), 1 + random.nextInt(15), random.nextInt(12)));
        }
        append(positions.toArray(FactId[]::new));
        return positions;
    }

    private JournalPoint point(SortedSet<FactId> positions) {
        FactId position = new ArrayList<>(positions).get(random.nextInt(positions.size()));
        return random.nextBoolean() ? at(position) : JournalPoint.at(position.acceptedAt());
    }

    private List<FactId> readAll(ReplayRange range) {
        return read(range, NOTHING_READ);
    }

    private List<FactId> read(ReplayRange range, FactId after) {
        JournalReader reader = reader(range, after);
        List<FactId> read = new ArrayList<>();
        List<StoredFact> next = reader.next(1 + random.nextInt(50));
        while (!next.isEmpty()) {
            next.forEach(fact -> read.add(fact.id()));
            next = reader.next(1 + random.nextInt(50));
        }
        return read;
    }

    private JournalReader reader(ReplayRange range, FactId after) {
        return new JournalReader(journal, SHARDS, namespace, range, after);
    }

    private void append(FactId... positions) {
        Arrays.stream(positions).sorted().forEach(position -> JournalInHand.append(namespace, position));
    }

    private static ReplayRange range(JournalPoint from, JournalPoint to) {
        return new ReplayRange(from, to, List.of());
    }

    private static JournalPoint at(FactId position) {
        return JournalPoint.at(position);
    }
}
