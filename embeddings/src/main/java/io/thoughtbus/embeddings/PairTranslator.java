package io.thoughtbus.embeddings;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.util.List;

/** The tokens of two texts into the model, in the order of its inputs, and its labels out. */
final class PairTranslator implements NoBatchifyTranslator<Encoding, float[]> {
    private final List<String> inputs;

    PairTranslator(List<String> inputs) {
        this.inputs = List.copyOf(inputs);
    }

    @Override
    public NDList processInput(TranslatorContext context, Encoding tokens) {
        NDManager manager = context.getNDManager();
        NDList list = new NDList(inputs.size());
        for (String input : inputs) {
            long[] values = values(input, tokens);
            list.add(manager.create(values, new Shape(1, values.length)));
        }
        return list;
    }

    @Override
    public float[] processOutput(TranslatorContext context, NDList outputs) {
        return outputs.get(0).toFloatArray();
    }

    private static long[] values(String input, Encoding tokens) {
        return switch (input) {
            case "input_ids" -> tokens.getIds();
            case "attention_mask" -> tokens.getAttentionMask();
            case "token_type_ids" -> tokens.getTypeIds();
            default ->
                throw new IllegalArgumentException(
                        "the model wants " + input + ", which is none of input_ids, attention_mask and token_type_ids");
        };
    }
}
