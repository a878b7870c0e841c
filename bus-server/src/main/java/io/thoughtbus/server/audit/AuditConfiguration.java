package io.thoughtbus.server.audit;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.loop.LoopRunner;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisLease;
import io.thoughtbus.server.redis.RedisTime;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the audit together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LedgerProperties.class)
class AuditConfiguration {

    @Bean
    @ConditionalOnProperty(name = "thoughtbus.ledger.enabled", matchIfMissing = true)
    LoopRunner ledgerLoop(
            RedisFunctions functions,
            Namespaces namespaces,
            LedgerWriter writer,
            Trails trails,
            Checkpoints checkpoints,
            RedisLedger ledger,
            LedgerStatus status,
            Shards shards,
            RedisTime time,
            LedgerProperties properties,
            Ticker ticker) {
        RedisLease lease = new RedisLease(functions, RedisKeys.registry("lock:ledger"), LedgerLoop.LEASE);
        return new LoopRunner(new LedgerLoop(
                lease, namespaces, writer, trails, checkpoints, ledger, status, shards, time, properties, ticker));
    }
}
