package io.thoughtbus.server;

import io.thoughtbus.embeddings.Embedder;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every feature shares: the clock, chance, and the model. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EmbeddingsProperties.class)
class BusServerConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    RandomGenerator random() {
        return new SecureRandom();
    }

    @Bean
    Embedder embedder(EmbeddingsProperties properties) {
        return Embedder.caching(Embedder.onnx(properties.source(), properties.workerCount()), properties.cachedTexts());
    }
}
