package io.thoughtbus.server.health;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.protocol.Durability;
import io.thoughtbus.server.interest.RedisInterestIndex;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.redis.DurabilityGauge;
import io.thoughtbus.server.redis.RedisWatch;
import io.thoughtbus.server.subscription.RedisIndexChecks;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import redis.clients.jedis.exceptions.JedisException;

/** Tells whether Redis may be trusted, which durability it gives, and which indexes are not whole or were mended. */
@Component("bus")
final class BusHealthIndicator implements HealthIndicator {
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final RedisWatch watch;
    private final DurabilityGauge durability;
    private final Namespaces namespaces;
    private final RedisInterestIndex index;
    private final RedisIndexChecks checks;
    private final Embedder embedder;
    private final Clock clock;

    BusHealthIndicator(
            RedisWatch watch,
            DurabilityGauge durability,
            Namespaces namespaces,
            RedisInterestIndex index,
            RedisIndexChecks checks,
            Embedder embedder,
            Clock clock) {
        this.watch = watch;
        this.durability = durability;
        this.namespaces = namespaces;
        this.index = index;
        this.checks = checks;
        this.embedder = embedder;
        this.clock = clock;
    }

    @Override
    public Health health() {
        try {
            List<String> faults = watch.faults();
            if (!faults.isEmpty()) {
                return Health.down()
                        .withDetail("redis", String.join(" ", faults))
                        .build();
            }
            List<String> incomplete = namespaces.all().stream()
                    .filter(namespace -> !index.isWhole(namespace))
                    .toList();
            Health.Builder health = incomplete.isEmpty() ? Health.up() : Health.outOfService();
            return health.withDetail("durability", levels(durability.now()))
                    .withDetail("indexComplete", incomplete.isEmpty())
                    .withDetail("incompleteIndexes", incomplete)
                    .withDetail(
                            "mendedIndexes", checks.mendedSince(clock.instant().minus(REMEMBERED)))
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
