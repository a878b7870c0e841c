package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.OnnxModel;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.guard.Reading;
import io.thoughtbus.server.journal.JournalledFact;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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

/** How long does one exact decision about one candidate take, without and with a filter or the guard? */
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
    private final CompiledInterest plain = new CompiledInterest("plain", 1, 1, direction(1), 0.5, null, Set.of());
    private final CompiledInterest filtered = new CompiledInterest(
            "filtered",
            2,
            1,
            direction(1),
            0.5,
            Filter.compile("attributes.amount > 100 && attributes.country == 'NL'"),
            Set.of());

    private final CompiledInterest guarded =
            new CompiledInterest("guarded", 3, 1, direction(1), 0.5, null, EnumSet.allOf(Qualifier.class));
    private final Guard guard = guard();

    /** Score and threshold. */
    @Benchmark
    public Decision byScore() {
        return plain.decide(fact, reading());
    }

    /** Score, threshold and the guard, which reads the fact; with many candidates it does so once. */
    @Benchmark
    public Decision byScoreAndGuard() {
        return guarded.decide(fact, reading());
    }

    /** Score, threshold and a filter of two clauses. */
    @Benchmark
    public Decision byScoreAndFilter() {
        return filtered.decide(fact, reading());
    }

    private Reading reading() {
        return guard.read(fact.fact().text(), fact.embedding());
    }

    private static Guard guard() {
        try (Embedder embedder = Embedder.onnx(OnnxModel.packaged(), 1)) {
            return new Guard(embedder);
        }
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
