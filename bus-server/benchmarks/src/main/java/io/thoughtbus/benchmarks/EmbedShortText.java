package io.thoughtbus.benchmarks;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.OnnxModel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long does the packaged model take for one text? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EmbedShortText {
    /** How many words it has. */
    @Param({"5", "10", "30", "200"})
    private int words = 5;

    private final Embedder embedder = Embedder.onnx(OnnxModel.packaged(), 1);
    private String text = "";

    /** Makes the text. */
    @Setup(Level.Trial)
    public void compose() {
        List<String> many = List.of("the parcel of customer nine will be late today because lorries queue "
                .repeat(20)
                .split(" ", -1));
        text = String.join(" ", many.subList(0, words));
    }

    /** Frees the model. */
    @TearDown(Level.Trial)
    public void unload() {
        embedder.close();
    }

    /** One text on one core. */
    @Benchmark
    public Embedding one() {
        return embedder.embed(text);
    }
}
