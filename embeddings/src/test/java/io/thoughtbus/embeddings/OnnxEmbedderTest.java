package io.thoughtbus.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxEmbedderTest {
    /** Other processors round the quantized sums a little differently. */
    private static final double GOLDEN_COSINE = 0.99;

    private static final String LONG_TEXT = "The shipment left the depot at dawn and reached the border. ".repeat(60);

    private static Embedder embedder;

    @BeforeAll
    static void load() {
        embedder = Embedder.onnx(OnnxModel.packaged(), 2);
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    static Stream<Arguments> goldenVectors() throws IOException {
        try (InputStream stream = OnnxEmbedderTest.class.getResourceAsStream("golden-vectors.tsv")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", 2))
                    .map(line -> Arguments.of(line[0], Base64.getDecoder().decode(line[1])));
        }
    }

    @ParameterizedTest
    @MethodSource("goldenVectors")
    void agreesWithAnotherImplementation(String text, byte[] golden) {
        assertThat(embedder.embed(text).dot(Embedding.fromBytes(golden))).isGreaterThan(GOLDEN_COSINE);
    }

    @Test
    void makesUnitVectorsOf384Components() {
        Embedding embedding = embedder.embed("User 123 serves in the Military");

        assertThat(embedding.dimension()).isEqualTo(384).isEqualTo(embedder.dimension());
        assertThat(embedding.dot(embedding)).isCloseTo(1, within(1e-6));
    }

    @Test
    void putsAFactNearTheInterestItConcerns() {
        Embedding fact = embedder.embed("User 123 serves in the Military");

        assertThat(fact.dot(embedder.embed("a customer is a member of the armed forces")))
                .isGreaterThan(fact.dot(embedder.embed("a parcel is late")) + 0.3);
    }

    @Test
    void isEqualToTheBitOnEveryRunWhateverRunsBesideIt() throws Exception {
        List<String> texts = List.of("a short fact", LONG_TEXT, "a fact of another length, with more words in it", "x");
        List<Embedding> alone = texts.stream().map(embedder::embed).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);

        List<Future<List<Embedding>>> together = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            together.add(threads.submit(() -> embedder.embedAll(texts)));
        }

        for (Future<List<Embedding>> batch : together) {
            assertThat(batch.get()).isEqualTo(alone);
        }
        threads.shutdown();
    }

    @Test
    void readsALongTextToItsEnd() {
        Embedding without = embedder.embed(LONG_TEXT);
        Embedding with = embedder.embed(LONG_TEXT + "The cargo was poisonous gas and the crew has died.");

        assertThat(with).isNotEqualTo(without);
        assertThat(with.dot(without)).isLessThan(0.999);
    }

    @Test
    void readsTextsThatTheTokenizerHasNoWordsFor() {
        Set<Embedding> distinct =
                new HashSet<>(embedder.embedAll(List.of("東京", "🙂", "\u200b", "a".repeat(8192), "word ".repeat(1600))));

        assertThat(distinct).hasSizeGreaterThan(3);
    }

    @Test
    void namesItsModelByTheDigestOfBothFiles() {
        assertThat(embedder.modelId())
                .hasToString("all-minilm-l6-v2-q@" + OnnxModel.packaged().id().sha256());
    }

    @Test
    void loadsAModelOfOnesOwn(@TempDir Path directory) throws IOException {
        Path onnx = copy("/all-minilm-l6-v2-q.onnx", directory);
        Path tokenizer = copy("/all-minilm-l6-v2-q-tokenizer.json", directory);

        try (Embedder own = Embedder.onnx(OnnxModel.of("my-model", onnx, tokenizer, Pooling.FIRST, 64), 1)) {
            assertThat(own.modelId().name()).isEqualTo("my-model");
            assertThat(own.embed("a fact")).isNotEqualTo(embedder.embed("a fact"));
        }
    }

    @Test
    void refusesFilesThatAreNoModel(@TempDir Path directory) throws IOException {
        Path onnx = Files.writeString(directory.resolve("model.onnx"), "no model");
        Path tokenizer = copy("/all-minilm-l6-v2-q-tokenizer.json", directory);

        assertThatThrownBy(() -> Embedder.onnx(OnnxModel.of("broken", onnx, tokenizer, Pooling.MEAN, 64), 1))
                .isInstanceOf(EmbeddingException.class)
                .hasMessageContaining("broken does not load");
        assertThatThrownBy(() -> OnnxModel.of("absent", directory.resolve("none"), tokenizer, Pooling.MEAN, 64))
                .isInstanceOf(EmbeddingException.class)
                .hasMessageContaining("cannot be read");
    }

    private static Path copy(String resource, Path directory) throws IOException {
        Path file = directory.resolve(resource.substring(1));
        try (InputStream stream = OnnxModel.class.getResourceAsStream(resource)) {
            Files.copy(stream, file);
        }
        return file;
    }
}
