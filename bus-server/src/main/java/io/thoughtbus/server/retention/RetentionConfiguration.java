package io.thoughtbus.server.retention;

import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.journal.RedisModels;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.loop.LoopRunner;
import io.thoughtbus.server.redis.RedisFunctions;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts retention together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
class RetentionConfiguration {

    @Bean
    LoopRunner retentionLoop(
            RedisFunctions functions,
            Namespaces namespaces,
            Shards shards,
            RedisModels models,
            List<FactNeed> needs,
            RetentionProperties properties) {
        return new LoopRunner(new RetentionLoop(functions, namespaces, shards, models, needs, properties));
    }
}
