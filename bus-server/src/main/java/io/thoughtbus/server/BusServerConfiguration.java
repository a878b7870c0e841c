package io.thoughtbus.server;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.embeddings.Embedder;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every feature shares: clocks, chance, and the model. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EmbeddingsProperties.class)
class BusServerConfiguration {
    /** Half of the web server's threads: the other half is for what needs no model. */
    private static final int MOST_CALLS_WAITING = 100;

    /** What a worker embeds in some seconds. */
    private static final int MOST_TEXTS_WAITING = 2_000;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** For what is to happen after a while, whatever happens to the clock meanwhile. */
    @Bean
    Ticker ticker() {
        return Ticker.systemTicker();
    }

    @Bean
    RandomGenerator random() {
        return new SecureRandom();
    }

    @Bean
    Embedder embedder(EmbeddingsProperties properties) {
        int workers = properties.workerCount();
        Embedder model = Embedder.onnx(properties.source(), workers);
        return Embedder.caching(
                Embedder.bounded(model, MOST_CALLS_WAITING, workers * MOST_TEXTS_WAITING), properties.cachedTexts());
    }
}
