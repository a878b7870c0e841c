package io.thoughtbus.server.judge;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.thoughtbus.embeddings.EmbeddingException;
import io.thoughtbus.embeddings.PairClassifier;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.json.JsonMapper;

/** Puts the second stage together as it is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JudgeProperties.class)
class JudgeConfiguration {

    @Bean
    BoundedJudge secondStage(
            JudgeProperties properties,
            RedisClient redis,
            JsonMapper json,
            Clock clock,
            Ticker ticker,
            MeterRegistry meters) {
        return new BoundedJudge(
                judge(properties, json, ticker),
                new RedisBudget(redis, clock, properties.aDay()),
                properties,
                ticker,
                meters);
    }

    static @Nullable Judge judge(JudgeProperties properties, JsonMapper json, Ticker ticker) {
        if (properties.endpoint() != null) {
            return new ChatJudge(
                    properties.endpoint(),
                    Objects.requireNonNull(properties.modelName()),
                    properties.key(),
                    properties.timeout(),
                    json,
                    ticker);
        }
        return properties.model() == null
                ? null
                : new OnnxJudge(classifier(properties.model(), properties.entailment()), properties.timeout(), ticker);
    }

    private static PairClassifier classifier(Path model, @Nullable Integer entailment) {
        try {
            return PairClassifier.open(
                    "second-stage", model.resolve("model.onnx"), model.resolve("tokenizer.json"), entailment);
        } catch (EmbeddingException e) {
            throw new IllegalArgumentException("thoughtbus.second-stage.model: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("thoughtbus.second-stage.entailment " + e.getMessage(), e);
        }
    }
}
