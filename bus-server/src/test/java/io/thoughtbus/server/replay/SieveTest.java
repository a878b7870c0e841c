package io.thoughtbus.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.embeddings.Embedding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SieveTest {
    private final long seed = Long.getLong("thoughtbus.test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16, 384, 1025})
    void leavesOutNoDirectionThatAFactReachesByAHair(int dimension) {
        List<Embedding> facts = embeddings(20, dimension);
        Sieve sieve = new Sieve(dimension);
        Map<Integer, Integer> factOf = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            Embedding direction = embedding(dimension);
            factOf.put(sieve.add(direction, direction.dot(facts.get(i % 20))), i % 20);
        }

        for (int i = 0; i < facts.size(); i++) {
            Set<Integer> reached = reached(sieve, facts.get(i));
            int fact = i;
            assertThat(factOf.entrySet().stream()
                            .filter(each -> each.getValue() == fact)
                            .map(Map.Entry::getKey))
                    .describedAs("seed %d", seed)
                    .isSubsetOf(reached);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 384})
    void findsWhatIsReachedAndNextToNothingElseWhileDirectionsComeAndGo(int dimension) {
        Sieve sieve = new Sieve(dimension);
        Map<Integer, Embedding> there = new HashMap<>();
        double threshold = 2 / Math.sqrt(dimension);
        for (int round = 0; round < 40; round++) {
            for (int i = random.nextInt(20); i >= 0; i--) {
                Embedding direction = embedding(dimension);
                assertThat(there.put(sieve.add(direction, threshold), direction))
                        .isNull();
            }
            for (Integer slot : new ArrayList<>(there.keySet())) {
                if (random.nextInt(3) == 0) {
                    sieve.remove(slot);
                    there.remove(slot);
                }
            }
            Embedding fact = embedding(dimension);
            Set<Integer> near = new HashSet<>();
            Set<Integer> within = new HashSet<>();
            there.forEach((slot, direction) -> {
                if (direction.dot(fact) >= threshold - 1e-3) {
                    near.add(slot);
                }
                if (direction.dot(fact) >= threshold) {
                    within.add(slot);
                }
            });

            assertThat(reached(sieve, fact))
                    .describedAs("seed %d", seed)
                    .containsAll(within)
                    .isSubsetOf(near);
        }
    }

    private static Set<Integer> reached(Sieve sieve, Embedding fact) {
        Set<Integer> reached = new HashSet<>();
        sieve.reached(fact, reached::add);
        return reached;
    }

    private List<Embedding> embeddings(int count, int dimension) {
        List<Embedding> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(embedding(dimension));
        }
        return all;
    }

    private Embedding embedding(int dimension) {
        float[] values = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Embedding.normalized(values);
    }
}
