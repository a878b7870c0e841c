package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

class RedisCheckTest {
    private static EmbeddedRedis server;
    private static RedisClient redis;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.NONE);
        redis = new RedisClients(server.address()).shared(4);
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @BeforeEach
    void startWithoutEviction() {
        redis.configSet("maxmemory-policy", "noeviction");
    }

    @Test
    void passesTheRedisThatTheBusStartsItself() {
        assertThatCode(() -> check(redis, server.address())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "volatile-ttl", "allkeys-random"})
    void refusesAnEvictingPolicyAndNamesTheCommandThatMendsIt(String policy) {
        redis.configSet("maxmemory-policy", policy);

        assertThatThrownBy(() -> check(redis, server.address()))
                .isInstanceOfSatisfying(UnsuitableRedisException.class, refusal -> {
                    assertThat(refusal).hasMessageContaining("may evict facts: its maxmemory-policy is " + policy);
                    assertThat(refusal.remedy())
                            .isEqualTo("Set it with 'CONFIG SET maxmemory-policy noeviction' and in redis.conf.");
                });
    }

    @Test
    void refusesARedisThatDoesNotLetTheBusIn() {
        RedisAddress wrong = RedisAddress.local(server.address().port(), "wrong");

        try (RedisClient stranger = new RedisClients(wrong).shared(1)) {
            assertThatThrownBy(() -> check(stranger, wrong))
                    .isInstanceOfSatisfying(UnsuitableRedisException.class, refusal -> {
                        assertThat(refusal).hasMessageContaining("refuses the login");
                        assertThat(refusal.remedy()).contains("thoughtbus.redis.uri");
                    });
        }
    }

    @Test
    void refusesAnAddressWhereNothingListens() {
        RedisAddress nowhere = RedisAddress.local(RedisDirectory.freePort(), "secret");

        try (RedisClient client = new RedisClients(nowhere).shared(1)) {
            assertThatThrownBy(() -> check(client, nowhere))
                    .isInstanceOfSatisfying(UnsuitableRedisException.class, refusal -> {
                        assertThat(refusal).hasMessageContaining("there is no Redis at redis://127.0.0.1:");
                        assertThat(refusal).hasMessageNotContaining("secret");
                    });
        }
    }

    @Test
    void refusesAReplicaAndNamesItsPrimary(@TempDir Path directory) {
        try (EmbeddedRedis replica = EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.NONE);
                RedisClient client = new RedisClients(replica.address()).shared(2)) {
            client.executeCommand(new CommandArguments(Command.REPLICAOF)
                    .add("127.0.0.1")
                    .add(server.address().port()));

            assertThatThrownBy(() -> check(client, replica.address()))
                    .isInstanceOfSatisfying(UnsuitableRedisException.class, refusal -> {
                        assertThat(refusal).hasMessageContaining("is a replica");
                        assertThat(refusal.remedy())
                                .contains("127.0.0.1:" + server.address().port());
                    });
        }
    }

    @Test
    void readsTheFieldsOfInfo() {
        Map<String, String> info = RedisCheck.parse("# Server\r\nredis_version:8.2.3\r\nos:Linux: 6.1\r\n\r\n");

        assertThat(info).isEqualTo(Map.of("redis_version", "8.2.3", "os", "Linux: 6.1"));
    }

    private static void check(RedisClient client, RedisAddress address) {
        new RedisCheck(client, address, Clock.systemUTC()).run();
    }
}
