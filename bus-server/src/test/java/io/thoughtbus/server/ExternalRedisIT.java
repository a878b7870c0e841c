package io.thoughtbus.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.server.redis.EmbeddedRedis;
import io.thoughtbus.server.redis.RedisAddress;
import io.thoughtbus.server.redis.RedisClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

class ExternalRedisIT {
    @TempDir
    private static Path redisDirectory;

    private static EmbeddedRedis redis;
    private static RedisAddress address;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        redis = EmbeddedRedis.start(redisDirectory, null, EmbeddedRedis.Persistence.ALWAYS);
        address = redis.address();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void servesFromARedisThatSomebodyElseRunsAndFindsEverythingThereAgain() {
        try (BusProcess bus = BusProcess.start(directory, uri());
                ThoughtBus client = ThoughtBus.connect(bus.uri("shop"))) {
            client.declare("late", SubscriptionDraft.of("agent", "a parcel is late"));
            client.publish(FactDraft.of("The parcel is three days late").about("parcel-7"));
        }

        try (BusProcess bus = BusProcess.start(directory, uri());
                ThoughtBus client = ThoughtBus.connect(bus.uri("shop"))) {
            List<Wake> wakes = client.inbox("late").take(10, Duration.ofSeconds(10));
            assertThat(wakes).extracting(wake -> wake.fact().subject()).containsExactly("parcel-7");
            assertThat(directory.resolve("data").toFile().list()).containsExactly("ledger");
        }
    }

    @Test
    void refusesToStartWhereThereIsNoRedis() {
        assertThat(refusal("--thoughtbus.redis.uri=redis://127.0.0.1:" + BusProcess.freePort()))
                .contains("there is no Redis at redis://127.0.0.1:", "thoughtbus.redis.uri");
    }

    @Test
    void refusesToStartWithAHostThatThereIsNot() {
        assertThat(refusal("--thoughtbus.redis.uri=redis://no-such-host.invalid:6379"))
                .contains("there is no Redis at redis://no-such-host.invalid:6379", "thoughtbus.redis.uri");
    }

    @Test
    void refusesToStartWithAUriThatIsNone() {
        assertThat(refusal("--thoughtbus.redis.uri=http://localhost:6379"))
                .contains("thoughtbus.redis.uri is not a Redis address", "redis://user:password@host:6379");
    }

    @Test
    void refusesToStartWithAWrongPasswordAndDoesNotTellIt() {
        assertThat(refusal(uri("hunter2")))
                .contains("refuses the login", "redis://user:password@host:6379")
                .doesNotContain("hunter2");
    }

    @Test
    void refusesToStartWithoutAPassword() {
        assertThat(refusal("--thoughtbus.redis.uri=redis://127.0.0.1:" + address.port()))
                .contains("refuses the login");
    }

    @Test
    void refusesToStartOnARedisThatMayEvictFacts() {
        try (RedisClient client = new RedisClients(address).shared(4)) {
            client.configSet("maxmemory-policy", "allkeys-lru");
            try {
                assertThat(refusal(uri())).contains("may evict facts", "CONFIG SET maxmemory-policy noeviction");
            } finally {
                client.configSet("maxmemory-policy", "noeviction");
            }
        }
    }

    @Test
    void refusesToStartOnAReplica(@TempDir Path replicaDirectory) {
        try (EmbeddedRedis replica = EmbeddedRedis.start(replicaDirectory, null, EmbeddedRedis.Persistence.NONE);
                RedisClient client = new RedisClients(replica.address()).shared(4)) {
            client.executeCommand(
                    new CommandArguments(Command.REPLICAOF).add("127.0.0.1").add(address.port()));

            assertThat(refusal("--thoughtbus.redis.uri=redis://:"
                            + replica.address().password() + "@127.0.0.1:"
                            + replica.address().port()))
                    .contains("is a replica", "Name the primary, 127.0.0.1:" + address.port());
        }
    }

    @Test
    void refusesToStartAsAUserWhoMayNotWrite() {
        try (RedisClient client = new RedisClients(address).shared(4)) {
            client.executeCommand(new CommandArguments(Command.ACL)
                    .add("SETUSER")
                    .add("reader")
                    .add("on")
                    .add(">secret")
                    .add("+@all")
                    .add("-@write")
                    .add("~tb:*")
                    .add("&tb:ring"));

            assertThat(refusal("--thoughtbus.redis.uri=redis://reader:secret@127.0.0.1:" + address.port()))
                    .contains("does not let the bus do its work", "+@all on the keys ~tb:* and the channel &tb:ring")
                    .doesNotContain("secret@");
        }
    }

    @Test
    void refusesToStartWithAnotherNumberOfShardsThanThisRedisWasFirstUsedWith() {
        try (RedisClient client = new RedisClients(address).shared(4)) {
            client.hsetnx("tb:{registry}:settings", "shards", "4");
        }

        assertThat(refusal(uri(), "--thoughtbus.journal.shards=8"))
                .contains("thoughtbus.journal.shards is 8", "first used with 4", "Set thoughtbus.journal.shards=4");
    }

    @Test
    void refusesToStartWithASettingThatMakesNoSense() {
        assertThat(refusal(uri(), "--thoughtbus.journal.shards=0"))
                .contains("thoughtbus.journal.shards must be within [1, 64] but was 0");
    }

    private static String uri() {
        return uri(String.valueOf(address.password()));
    }

    private static String uri(String password) {
        return "--thoughtbus.redis.uri=redis://:" + password + "@127.0.0.1:" + address.port();
    }

    /** What a bus says that does not start: one message, and no stack trace. */
    private String refusal(String... arguments) {
        try (BusProcess bus = BusProcess.launch(directory, BusProcess.freePort(), arguments)) {
            assertThat(bus.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(bus.process().exitValue()).isNotZero();
            String log = bus.log();
            assertThat(log).containsOnlyOnce("APPLICATION FAILED TO START").contains("Description:", "Action:");
            assertThat(log).doesNotContain("\tat ", "Exception encountered");
            return log;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
