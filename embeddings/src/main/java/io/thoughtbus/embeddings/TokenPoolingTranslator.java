package io.thoughtbus.embeddings;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.util.Arrays;

/** Token ids into the model, and the tokens' vectors pooled into one; not normalized. */
final class TokenPoolingTranslator implements NoBatchifyTranslator<long[], float[]> {
    private final Pooling pooling;
    private final boolean tokenTypes;

    TokenPoolingTranslator(Pooling pooling, boolean tokenTypes) {
        this.pooling = pooling;
        this.tokenTypes = tokenTypes;
    }

    @Override
    public NDList processInput(TranslatorContext context, long[] tokens) {
        NDManager manager = context.getNDManager();
        Shape shape = new Shape(1, tokens.length);
        long[] attention = new long[tokens.length];
        Arrays.fill(attention, 1);
        NDList inputs = new NDList(manager.create(tokens, shape), manager.create(attention, shape));
        if (tokenTypes) {
            inputs.add(manager.create(new long[tokens.length], shape));
        }
        return inputs;
    }

    @Override
    public float[] processOutput(TranslatorContext context, NDList outputs) {
        long[] shape = outputs.get(0).getShape().getShape();
        int tokens = Math.toIntExact(shape[1]);
        int dimension = Math.toIntExact(shape[2]);
        float[] vectors = outputs.get(0).toFloatArray();
        return pooling == Pooling.FIRST ? Arrays.copyOf(vectors, dimension) : mean(vectors, tokens, dimension);
    }

    private static float[] mean(float[] vectors, int tokens, int dimension) {
        float[] mean = new float[dimension];
        for (int token = 0; token < tokens; token++) {
            for (int i = 0; i < dimension; i++) {
                mean[i] += vectors[token * dimension + i];
            }
        }
        for (int i = 0; i < dimension; i++) {
            mean[i] /= tokens;
        }
        return mean;
    }
}
