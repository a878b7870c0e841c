package io.thoughtbus.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryRandomTest {
    static final long TOLERANCE = 5_000_000;
    private static final int SEEDS = 300;
    private static final List<FaultKind> KINDS = List.of(FaultKind.values());

    @Test
    void aRunOfABusThatKeepsItsPromisesIsClean() {
        for (long seed = 0; seed < SEEDS; seed++) {
            HistoryReport report = run(new Random(seed)).check();

            assertThat(report.faults()).as("seed %d", seed).isEmpty();
            assertThat(report.tally().unknownStored()).as("seed %d", seed).isPositive();
            assertThat(report.tally().redeliveries()).as("seed %d", seed).isPositive();
        }
    }

    @Test
    void oneFaultInALongRunIsFoundAndNoneBesideIt() {
        Map<FaultKind, Integer> planted = new EnumMap<>(FaultKind.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Story story = run(random);
            FaultKind kind = KINDS.get(random.nextInt(KINDS.size()));
            String named = new Plant(random, story).plant(kind);
            planted.merge(kind, 1, Integer::sum);

            HistoryReport report = story.check();

            assertThat(report.faults())
                    .as("%s, seed %d", kind, seed)
                    .hasSize(1)
                    .first()
                    .satisfies(fault -> {
                        assertThat(fault.kind()).isEqualTo(kind);
                        assertThat(fault.count()).isEqualTo(1);
                        assertThat(fault.example()).contains(named);
                    });
        }
        assertThat(planted).containsOnlyKeys(FaultKind.values());
    }

    static Story run(Random random) {
        Story story = new Story();
        RandomRun.publish(random, story, 200);
        new RandomInboxes(random, story).deliver();
        return story;
    }
}
