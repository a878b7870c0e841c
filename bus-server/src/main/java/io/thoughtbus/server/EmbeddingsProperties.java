package io.thoughtbus.server;

import io.thoughtbus.embeddings.OnnxModel;
import io.thoughtbus.embeddings.Pooling;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The model that makes embeddings.
 *
 * @param model an ONNX sentence model to use instead of the packaged all-MiniLM-L6-v2
 * @param tokenizer the {@code tokenizer.json} of that model
 * @param name a name for that model
 * @param pooling how that model's token vectors become one
 * @param window how many tokens that model reads at once
 * @param workers how many texts are embedded at the same time; 0 means one for each core
 * @param cachedTexts how many texts' embeddings are remembered
 */
@ConfigurationProperties("thoughtbus.embeddings")
record EmbeddingsProperties(
        @Nullable Path model,
        @Nullable Path tokenizer,
        @DefaultValue("custom") String name,
        @DefaultValue("mean") Pooling pooling,
        @DefaultValue("256") int window,
        @DefaultValue("0") int workers,
        @DefaultValue("10000") int cachedTexts) {

    EmbeddingsProperties {
        if ((model == null) != (tokenizer == null)) {
            throw new IllegalArgumentException(
                    "thoughtbus.embeddings.model and thoughtbus.embeddings.tokenizer belong together: give both or none");
        }
        if (workers < 0 || workers > 256) {
            throw new IllegalArgumentException(
                    "thoughtbus.embeddings.workers must be within [0, 256] but was " + workers);
        }
    }

    OnnxModel source() {
        return model == null || tokenizer == null
                ? OnnxModel.packaged()
                : OnnxModel.of(name, model, tokenizer, pooling, window);
    }

    int workerCount() {
        return workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
    }
}
