package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.JournalledFact;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long does one exact decision about one candidate take, without and with a filter? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecideFact {
    private final JournalledFact fact = new JournalledFact(
            new Fact(
                    new FactId(0, 1, 0),
                    "Order 17 was returned",
                    "order-17",
                    Map.of("amount", 180L, "country", "NL"),
                    "returns-agent",
                    null,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    null,
                    0,
                    null,
                    "model"),
            direction(1));
    private final CompiledInterest plain = new CompiledInterest("plain", 1, 1, direction(1), 0.5, null);
    private final CompiledInterest filtered = new CompiledInterest(
            "filtered",
            2,
            1,
            direction(1),
            0.5,
            Filter.compile("attributes.amount > 100 && attributes.country == 'NL'"));

    /** Score and threshold. */
    @Benchmark
    public Decision byScore() {
        return plain.decide(fact);
    }

    /** Score, threshold and a filter of two clauses. */
    @Benchmark
    public Decision byScoreAndFilter() {
        return filtered.decide(fact);
    }

    private static Embedding direction(long seed) {
        Random random = new Random(seed);
        float[] values = new float[384];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Embedding.normalized(values);
    }
}
