package io.thoughtbus.embeddings;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/** Opens models and tokenizers that lie in memory; each model runs on the thread that asks it. */
final class Djl {
    static {
        stayOffTheNetwork();
    }

    private Djl() {}

    /** The model of an ONNX file. */
    static Model model(String name, byte[] onnx) throws IOException, MalformedModelException {
        Model model = Model.newInstance(name, "OnnxRuntime");
        try {
            model.load(new ByteArrayInputStream(onnx), Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1"));
            return model;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** The tokenizer of a {@code tokenizer.json}. */
    static HuggingFaceTokenizer tokenizer(byte[] json, Map<String, String> options) throws IOException {
        return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
    }

    /** DJL reports usage to its makers and looks models up on the network unless told not to before it loads. */
    private static void stayOffTheNetwork() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }
}
