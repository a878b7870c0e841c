package io.thoughtbus.server.interest;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.OnnxModel;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.journal.JournalledFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What RediSearch finds and the bus decides, against every pair computed one by one in double precision: real
 * sentences and random directions, with thresholds set so that many margins lie at zero or next to it.
 */
class MatchIndexOracleTest {
    private static final int DIMENSION = 384;
    private static final int RANDOM_FACTS = 160;
    private static final int RANDOM_INTERESTS = 200;
    private static final int THRESHOLDS_A_SENTENCE = 8;
    private static final int TWINS = 25;
    private static final int IN_PARTS = 60;
    private static final int TOGETHER = 64;
    private static final double FARTHEST_CANDIDATE = 1.1e-4;

    private final long seed = Long.getLong("thoughtbus.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final String namespace = Fresh.namespace();

    @Test
    void agreesWithEveryPairComputedOneByOne() {
        try (Embedder embedder = Embedder.onnx(OnnxModel.packaged(), 1)) {
            List<Embedding> facts = facts(embedder);
            List<CompiledInterest> interests = interests(embedder, facts);
            Interests stored = InterestsInHand.interests(embedder);
            RedisInterestIndex index = InterestsInHand.index(embedder);
            index.open(namespace);
            interests.forEach(interest -> stored.add(namespace, interest));
            Margins margins = new Margins();

            for (int from = 0; from < facts.size(); from += TOGETHER) {
                List<Embedding> batch = facts.subList(from, Math.min(facts.size(), from + TOGETHER));
                List<List<InterestRef>> candidates = index.candidates(namespace, batch);
                for (int i = 0; i < batch.size(); i++) {
                    assertThat(woken(stored, candidates.get(i), batch.get(i)))
                            .describedAs("seed %d, fact %d", seed, from + i)
                            .isEqualTo(expected(interests, batch.get(i), margins));
                }
            }

            assertThat(margins.pairs).isGreaterThanOrEqualTo(100_000);
            assertThat(margins.exactlyZero).describedAs("seed %d", seed).isGreaterThan(100);
            assertThat(margins.withinAThousandth).describedAs("seed %d", seed).isGreaterThan(1_000);
        }
    }

    private Set<InterestRef> woken(Interests stored, Collection<InterestRef> candidates, Embedding embedding) {
        assertThat(candidates).doesNotHaveDuplicates();
        JournalledFact fact = journalled(embedding);
        Map<InterestRef, CompiledInterest> compiled = stored.findAll(namespace, candidates);
        assertThat(compiled.values())
                .allSatisfy(interest ->
                        assertThat(interest.reach(embedding).margin()).isGreaterThan(-FARTHEST_CANDIDATE));
        return candidates.stream()
                .filter(ref -> InterestsInHand.wakes(Objects.requireNonNull(compiled.get(ref)), fact))
                .collect(Collectors.toSet());
    }

    private static Set<InterestRef> expected(List<CompiledInterest> interests, Embedding fact, Margins margins) {
        Set<InterestRef> expected = new HashSet<>();
        float[] x = fact.toArray();
        for (CompiledInterest interest : interests) {
            for (InterestPart part : interest.parts()) {
                float[] w = part.direction().toArray();
                double score = 0;
                for (int i = 0; i < x.length; i++) {
                    score += (double) w[i] * x[i];
                }
                margins.count(score - part.threshold());
                if (score >= part.threshold()) {
                    expected.add(new InterestRef(interest.subscription(), interest.revision()));
                }
            }
        }
        return expected;
    }

    private List<Embedding> facts(Embedder embedder) {
        return Stream.of(
                        embedder.embedAll(Sentences.facts()),
                        embedder.embedAll(Sentences.interests()),
                        IntStream.range(0, RANDOM_FACTS)
                                .mapToObj(i -> direction(1 + (random.nextDouble() - 0.5) * 1.8e-3))
                                .toList())
                .flatMap(List::stream)
                .toList();
    }

    private List<CompiledInterest> interests(Embedder embedder, List<Embedding> facts) {
        List<CompiledInterest> interests = new ArrayList<>();
        for (Embedding sentence : embedder.embedAll(Sentences.interests())) {
            for (int i = 0; i < THRESHOLDS_A_SENTENCE; i++) {
                interests.add(interest(interests.size(), sentence, facts));
            }
        }
        for (int i = 0; i < RANDOM_INTERESTS; i++) {
            interests.add(interest(interests.size(), direction(1), facts));
        }
        CompiledInterest twin = interests.get(random.nextInt(interests.size()));
        for (int i = 0; i < TWINS; i++) {
            interests.add(InterestsInHand.interest(
                    "s" + interests.size(), interests.size(), twin.direction(), twin.threshold(), null));
        }
        for (int i = 0; i < IN_PARTS; i++) {
            interests.add(inParts(interests.size(), facts));
        }
        return interests;
    }

    /** An interest of two to eight parts, each with a margin of zero or almost, some of them the same. */
    private CompiledInterest inParts(int number, List<Embedding> facts) {
        List<InterestPart> parts = new ArrayList<>();
        int count = 2 + random.nextInt(InterestPart.MOST - 1);
        for (int i = 0; i < count; i++) {
            CompiledInterest one = interest(number + i, direction(1), facts);
            boolean isTwin = i > 0 && random.nextInt(4) == 0;
            parts.add(isTwin ? parts.get(i - 1) : new InterestPart(one.direction(), one.threshold(), List.of(i)));
        }
        return new CompiledInterest("s" + number, number, 1, parts, null, Set.of(), null);
    }

    /** An interest whose margin with one of the facts is zero or almost. */
    private CompiledInterest interest(int number, Embedding direction, List<Embedding> facts) {
        double score = direction.dot(facts.get(random.nextInt(facts.size())));
        double threshold = switch (number % 5) {
            case 0, 1 -> score;
            case 2 -> random.nextBoolean() ? Math.nextUp(score) : Math.nextDown(score);
            case 3 -> score + (random.nextDouble() - 0.5) * 2e-7;
            default -> score + (random.nextDouble() - 0.5) * 2e-3;
        };
        return InterestsInHand.interest("s" + number, number, direction, Math.max(-1, Math.min(1, threshold)), null);
    }

    private Embedding direction(double length) {
        float[] values = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            values[i] = (float) random.nextGaussian();
        }
        float[] unit = Embedding.normalized(values).toArray();
        for (int i = 0; i < DIMENSION; i++) {
            unit[i] *= (float) length;
        }
        return Embedding.ofUnit(unit);
    }

    private static JournalledFact journalled(Embedding embedding) {
        Instant now = Instant.EPOCH;
        FactId id = new FactId(0, 1, 0);
        return new JournalledFact(
                new Fact(id, "fact", null, Map.of(), "test", null, now, now, now, null, 0, null, "model"), embedding);
    }

    /** How many margins of which size the test has seen. */
    private static final class Margins {
        private int pairs;
        private int exactlyZero;
        private int withinAThousandth;

        void count(double margin) {
            pairs++;
            exactlyZero += margin == 0 ? 1 : 0;
            withinAThousandth += Math.abs(margin) <= 1e-3 ? 1 : 0;
        }
    }
}
