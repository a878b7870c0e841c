package io.thoughtbus.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.redis.EmbeddedRedis;
import io.thoughtbus.server.redis.RedisClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

class TlsIT {
    @TempDir
    private static Path redisDirectory;

    private static EmbeddedRedis redis;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        redis = EmbeddedRedis.start(redisDirectory, null, EmbeddedRedis.Persistence.ALWAYS);
        try (RedisClient client = new RedisClients(redis.address()).shared(1)) {
            client.executeCommand(new CommandObject<>(
                    new CommandArguments(Command.ACL)
                            .add("SETUSER")
                            .addObjects("bus", "on", ">s3cret", "~tb:*", "&tb:*", "+@all"),
                    BuilderFactory.STRING));
        }
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void servesFromARedisBehindTlsWithAUserAndAPassword() throws Exception {
        try (TlsProxy proxy = TlsProxy.to(redis.address().port(), "ip:127.0.0.1", directory);
                BusProcess bus = BusProcess.start(directory, arguments(proxy));
                ThoughtBus client = ThoughtBus.connect(bus.uri("shop"))) {
            client.declare("late", SubscriptionDraft.of("agent", "a parcel is late"));
            client.publish(FactDraft.of("The parcel is three days late").about("parcel-7"));

            assertThat(client.inbox("late").take(10, Duration.ofSeconds(10)))
                    .extracting(wake -> wake.fact().subject())
                    .containsExactly("parcel-7");
        }
    }

    @Test
    void refusesARedisThatShowsTheCertificateOfAnotherHost() throws Exception {
        try (TlsProxy proxy = TlsProxy.to(redis.address().port(), "dns:redis.example.com", directory)) {
            assertThat(refusal(arguments(proxy))).contains("there is no Redis at rediss://bus@127.0.0.1:", "127.0.0.1");
        }
    }

    @Test
    void refusesARedisWhoseCertificateNobodyVouchesFor() throws Exception {
        try (TlsProxy proxy = TlsProxy.to(redis.address().port(), "ip:127.0.0.1", directory)) {
            assertThat(refusal(uri(proxy))).contains("there is no Redis at rediss://bus@127.0.0.1:");
        }
    }

    private static String[] arguments(TlsProxy proxy) {
        List<String> arguments = new ArrayList<>(proxy.trust());
        arguments.add(uri(proxy));
        return arguments.toArray(String[]::new);
    }

    private static String uri(TlsProxy proxy) {
        return "--thoughtbus.redis.uri=rediss://bus:s3cret@127.0.0.1:" + proxy.port();
    }

    private String refusal(String... arguments) throws InterruptedException {
        try (BusProcess bus = BusProcess.launch(directory, BusProcess.freePort(), arguments)) {
            assertThat(bus.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(bus.process().exitValue()).isNotZero();
            return bus.log();
        }
    }
}
