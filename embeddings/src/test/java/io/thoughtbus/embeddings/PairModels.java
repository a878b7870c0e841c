package io.thoughtbus.embeddings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tiny models that read two texts and say how many of the second one's words stand in the first one. */
public final class PairModels {
    private PairModels() {}

    /** A directory with a model that answers one logit, and its tokenizer. */
    public static Path oneLogit() {
        return directory("one-logit.onnx");
    }

    /** A directory with a model that answers contradiction, entailment and neutral, and its tokenizer. */
    public static Path threeLabels() {
        return directory("three-labels.onnx");
    }

    private static Path directory(String model) {
        try {
            Path directory = Files.createTempDirectory("thought-bus-pairs");
            copy(model, directory.resolve("model.onnx"));
            copy("tokenizer.json", directory.resolve("tokenizer.json"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(String resource, Path file) throws IOException {
        try (InputStream stream = PairModels.class.getResourceAsStream("pairs/" + resource)) {
            Files.copy(stream, file);
        }
        file.toFile().deleteOnExit();
    }
}
