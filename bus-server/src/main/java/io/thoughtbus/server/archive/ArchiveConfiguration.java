package io.thoughtbus.server.archive;

import io.thoughtbus.server.audit.LedgerLeaves;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.loop.LoopRunner;
import io.thoughtbus.server.redis.LedgerSwitchProperties;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisLease;
import io.thoughtbus.server.redis.StorageProperties;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the archive together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ArchiveProperties.class)
class ArchiveConfiguration {

    @Bean
    @IfArchiving
    SegmentStore segmentStore(
            ArchiveProperties properties, StorageProperties storage, LedgerSwitchProperties ledger, Clock clock) {
        if (!ledger.enabled()) {
            throw new IllegalArgumentException(
                    "thoughtbus.archive.enabled needs thoughtbus.ledger.enabled, since segments are proven by the ledger");
        }
        Path directory = properties.directory();
        return new DirectoryStore(directory == null ? storage.directory().resolve("archive") : directory, clock);
    }

    @Bean
    @IfArchiving
    LoopRunner archiveLoop(
            RedisFunctions functions,
            Namespaces namespaces,
            LedgerLeaves ledger,
            Segments segments,
            Sealer sealer,
            ArchiveStatus status,
            ArchiveProperties properties,
            Clock clock) {
        RedisLease lease = new RedisLease(functions, RedisKeys.registry("lock:archive"), ArchiveLoop.LEASE);
        return new LoopRunner(
                new ArchiveLoop(lease, namespaces, ledger, segments, sealer, status, properties.interval(), clock));
    }
}
