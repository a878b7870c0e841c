package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.server.redis.RedisFunctions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.RedisClient;

/** Puts interests together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InterestProperties.class)
class InterestConfiguration {

    @Bean
    RedisInterestIndex interestIndex(RedisClient redis, RedisFunctions functions, Embedder embedder) {
        return new RedisInterestIndex(redis, functions, embedder);
    }
}
