package io.thoughtbus.server.health;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.protocol.Durability;
import io.thoughtbus.server.interest.RedisInterestIndex;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.redis.DurabilityGauge;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import redis.clients.jedis.exceptions.JedisException;

/** Tells whether Redis answers, which durability it gives, and which namespaces' indexes are not whole. */
@Component("bus")
final class BusHealthIndicator implements HealthIndicator {
    private final DurabilityGauge durability;
    private final Namespaces namespaces;
    private final RedisInterestIndex index;
    private final Embedder embedder;

    BusHealthIndicator(DurabilityGauge durability, Namespaces namespaces, RedisInterestIndex index, Embedder embedder) {
        this.durability = durability;
        this.namespaces = namespaces;
        this.index = index;
        this.embedder = embedder;
    }

    @Override
    public Health health() {
        try {
            List<String> incomplete = namespaces.all().stream()
                    .filter(namespace -> !index.isWhole(namespace))
                    .toList();
            Health.Builder health = incomplete.isEmpty() ? Health.up() : Health.outOfService();
            return health.withDetail("durability", levels(durability.now()))
                    .withDetail("indexComplete", incomplete.isEmpty())
                    .withDetail("incompleteIndexes", incomplete)
                    .withDetail("model", embedder.modelId().toString())
                    .build();
        } catch (JedisException e) {
            return Health.down()
                    .withDetail("redis", String.valueOf(e.getMessage()))
                    .build();
        }
    }

    private static List<String> levels(DurabilityGauge.Durable given) {
        List<String> levels = new ArrayList<>(List.of(Durability.ACCEPTED.toString()));
        if (given.fsyncs()) {
            levels.add(Durability.FSYNCED.toString());
            if (given.replicates()) {
                levels.add(Durability.REPLICATED.toString());
            }
        }
        return levels;
    }
}
