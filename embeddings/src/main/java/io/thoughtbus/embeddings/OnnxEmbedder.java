package io.thoughtbus.embeddings;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs a model one text at a time on each of a fixed number of workers. The texts are never batched: the quantized
 * model's vectors would depend on their batch mates.
 */
final class OnnxEmbedder implements Embedder {
    private static final long LONGEST_WAIT_SECONDS = 30;

    private final ModelId modelId;
    private final int window;
    private final int dimension;
    private final Model model;
    private final HuggingFaceTokenizer tokenizer;
    private final int workerCount;
    private final BlockingQueue<Predictor<long[], float[]>> workers;
    private final ExecutorService helpers;

    private OnnxEmbedder(OnnxModel source, Model model, HuggingFaceTokenizer tokenizer, int workers) {
        this.modelId = source.id();
        this.window = source.window();
        this.model = model;
        this.tokenizer = tokenizer;
        this.workerCount = workers;
        this.workers = new ArrayBlockingQueue<>(workers, true);
        boolean tokenTypes = model.describeInput().size() > 2;
        for (int i = 0; i < workers; i++) {
            this.workers.add(model.newPredictor(new TokenPoolingTranslator(source.pooling(), tokenTypes)));
        }
        this.helpers = Executors.newFixedThreadPool(workers, work -> {
            Thread thread = new Thread(work, "embedder");
            thread.setDaemon(true);
            return thread;
        });
        this.dimension = embed("dimension").dimension();
    }

    static OnnxEmbedder open(OnnxModel source, int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("at least 1 worker is needed but there were " + workers);
        }
        HuggingFaceTokenizer tokenizer = null;
        Model model = null;
        try {
            tokenizer = Djl.tokenizer(source.tokenizer(), Map.of("padding", "false", "truncation", "false"));
            model = Djl.model(source.id().name(), source.onnx());
            return new OnnxEmbedder(source, model, tokenizer, workers);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            if (model != null) {
                model.close();
            }
            if (tokenizer != null) {
                tokenizer.close();
            }
            throw new EmbeddingException("the model " + source.id().name() + " does not load: " + e.getMessage(), e);
        }
    }

    @Override
    public Embedding embed(String text) {
        Predictor<long[], float[]> worker = freeWorker();
        try {
            return embed(text, worker);
        } finally {
            workers.add(worker);
        }
    }

    /** Some texts, one after the other. */
    List<Embedding> embedByOneWorker(List<String> texts) {
        Predictor<long[], float[]> worker = freeWorker();
        try {
            return texts.stream().map(text -> embed(text, worker)).toList();
        } finally {
            workers.add(worker);
        }
    }

    @Override
    public List<Embedding> embedAll(List<String> texts) {
        Batch batch = new Batch(texts, this, workerCount);
        List<Future<?>> shares = new ArrayList<>();
        for (int i = 1; i < Math.min(texts.size(), workerCount); i++) {
            shares.add(helpers.submit(batch));
        }
        batch.run();
        shares.forEach(share -> share.cancel(false));
        return batch.embeddings();
    }

    @Override
    public ModelId modelId() {
        return modelId;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void close() {
        helpers.shutdownNow();
        workers.forEach(Predictor::close);
        model.close();
        tokenizer.close();
    }

    private Embedding embed(String text, Predictor<long[], float[]> worker) {
        try {
            long[] tokens = tokenizer.encode(text, true, false).getIds();
            List<long[]> windows = Windows.of(tokens, window);
            List<Embedding> parts = new ArrayList<>(windows.size());
            for (long[] part : windows) {
                parts.add(Embedding.normalized(worker.predict(part)));
            }
            return parts.size() == 1
                    ? parts.get(0)
                    : Embedding.weightedMean(
                            parts,
                            windows.stream().mapToInt(part -> part.length - 2).toArray());
        } catch (TranslateException | IllegalArgumentException e) {
            throw new EmbeddingException("the model cannot embed a text of " + text.length() + " characters", e);
        }
    }

    private Predictor<long[], float[]> freeWorker() {
        try {
            Predictor<long[], float[]> worker = workers.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            if (worker == null) {
                throw new EmbedderBusyException("no embedding worker was free for " + LONGEST_WAIT_SECONDS + " s");
            }
            return worker;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbedderBusyException("interrupted while waiting for an embedding worker");
        }
    }
}
