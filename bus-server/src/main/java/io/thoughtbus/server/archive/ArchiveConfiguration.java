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
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Puts the archive together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ArchiveProperties.class)
class ArchiveConfiguration {
    private static final Duration TO_CONNECT = Duration.ofSeconds(3);
    private static final Duration TO_ANSWER = Duration.ofSeconds(20);
    private static final Duration ALTOGETHER = Duration.ofMinutes(1);

    @Bean
    @IfArchiving
    SegmentStore segmentStore(
            ArchiveProperties properties, StorageProperties storage, LedgerSwitchProperties ledger, Clock clock) {
        if (!ledger.enabled()) {
            throw new IllegalArgumentException(
                    "thoughtbus.archive.enabled needs thoughtbus.ledger.enabled, since segments are proven by the ledger");
        }
        ArchiveProperties.S3 s3 = properties.s3();
        if (s3 != null) {
            return new S3Store(client(s3), s3.bucket(), s3.prefix());
        }
        Path directory = properties.directory();
        return new DirectoryStore(directory == null ? storage.directory().resolve("archive") : directory, clock);
    }

    /** A client of a store whose address names buckets in the path, as S3-compatible stores take it. */
    static S3Client client(ArchiveProperties.S3 s3) {
        String accessKey = s3.accessKey();
        String secretKey = s3.secretKey();
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(s3.region()))
                .forcePathStyle(s3.endpoint() != null)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(TO_CONNECT)
                        .socketTimeout(TO_ANSWER))
                .overrideConfiguration(override -> override.apiCallTimeout(ALTOGETHER))
                .credentialsProvider(
                        accessKey == null || secretKey == null
                                ? DefaultCredentialsProvider.builder().build()
                                : StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)));
        if (s3.endpoint() != null) {
            builder.endpointOverride(s3.endpoint());
        }
        return builder.build();
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
