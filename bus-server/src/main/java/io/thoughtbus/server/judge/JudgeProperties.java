package io.thoughtbus.server.judge;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * The second stage: a model in this process or a chat endpoint, or neither.
 *
 * @param model a directory with a {@code model.onnx} that reads two texts, and its {@code tokenizer.json}
 * @param entailment which of that model's labels means entailment, counted from 0; absent for a model with one label
 * @param endpoint the address of an OpenAI-compatible endpoint, up to {@code /v1}
 * @param modelName the model that the endpoint is to use
 * @param key what the endpoint wants as a bearer token
 * @param timeout how long a batch of questions may take
 * @param batch how many questions are asked together
 * @param aDay the most questions of a namespace in a day, by UTC
 * @param accept the least probability that wakes
 */
@ConfigurationProperties("thoughtbus.second-stage")
record JudgeProperties(
        @Nullable Path model,
        @Nullable Integer entailment,
        @Nullable URI endpoint,
        @Nullable String modelName,
        @Nullable String key,
        @DefaultValue("PT10S") Duration timeout,
        @DefaultValue("16") int batch,
        @Name("a-day") @DefaultValue("10000") long aDay,
        @DefaultValue("0.5") double accept) {
    private static final String PREFIX = "thoughtbus.second-stage.";
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST_TOGETHER = 256;

    JudgeProperties {
        require(model == null || endpoint == null, "model", "must not be given with an endpoint: choose one of them");
        require(entailment == null || model != null, "entailment", "belongs to a model, and there is none");
        require(modelName == null || endpoint != null, "model-name", "belongs to an endpoint, and there is none");
        require(key == null || endpoint != null, "key", "belongs to an endpoint, and there is none");
        require(
                endpoint == null || isWeb(endpoint),
                "endpoint",
                "must be an http or https address without user, query and fragment");
        require(endpoint == null || (modelName != null && !modelName.isBlank()), "model-name", "is required");
        require(key == null || key.matches("[!-~]{1,4096}"), "key", "must be printable ASCII without blanks");
        require(
                timeout.compareTo(SHORTEST) >= 0 && timeout.compareTo(LONGEST) <= 0,
                "timeout",
                "must be " + SHORTEST + " to " + LONGEST + " but was " + timeout);
        require(
                batch >= 1 && batch <= MOST_TOGETHER,
                "batch",
                "must be within [1, " + MOST_TOGETHER + "] but was " + batch);
        require(aDay >= 1, "a-day", "must be at least 1 but was " + aDay);
        require(accept > 0 && accept <= 1, "accept", "must be above 0 and at most 1 but was " + accept);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "second stage "
                + (model != null ? "model " + model : endpoint != null ? modelName + " at " + endpoint : "off");
    }

    private static boolean isWeb(URI endpoint) {
        return ("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
                && endpoint.getHost() != null
                && endpoint.getUserInfo() == null
                && endpoint.getQuery() == null
                && endpoint.getFragment() == null;
    }

    private static void require(boolean holds, String setting, String expectation) {
        if (!holds) {
            throw new IllegalArgumentException(PREFIX + setting + " " + expectation);
        }
    }
}
