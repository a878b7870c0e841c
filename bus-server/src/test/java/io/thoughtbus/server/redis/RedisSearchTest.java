package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.search.FTCreateParams;
import redis.clients.jedis.search.IndexDataType;

class RedisSearchTest {
    private static final String INDEX = "tb:{t}:interests:m";
    private static final byte[] VECTOR_OF_FOUR = new byte[16];

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
    void startWithAnEmptyIndex() {
        redis.flushAll();
        create();
    }

    @Test
    void aQueryThatRunsTooLongFailsAndIsNeverAShorterAnswer() {
        assertThat(setting("ON_TIMEOUT")).containsEntry("ON_TIMEOUT", "fail");
        assertThat(setting("TIMEOUT")).containsEntry("TIMEOUT", "" + RedisSearch.TIMEOUT_MILLIS);
    }

    @Test
    void anIndexThatIsThereIsLeftAsItIs() {
        store("tb:{t}:interest:m:s:1", VECTOR_OF_FOUR);

        assertThatCode(RedisSearchTest::create).doesNotThrowAnyException();

        assertThat(RedisSearch.state(redis, INDEX)).isEqualTo(new RedisSearch.IndexState(1, true, 0));
    }

    @Test
    void aVectorOfTheWrongLengthIsNotedAsAFailure() {
        store("tb:{t}:interest:m:s:1", new byte[12]);

        assertThat(RedisSearch.state(redis, INDEX)).isEqualTo(new RedisSearch.IndexState(0, true, 1));
    }

    @Test
    void keysBesideThePrefixAreNotIndexed() {
        store("tb:{t}:interest:other:s:1", VECTOR_OF_FOUR);
        store("tb:{t-2}:interest:m:s:1", VECTOR_OF_FOUR);
        store("tb:{t}:retired:m:s:1", VECTOR_OF_FOUR);

        assertThat(RedisSearch.state(redis, INDEX).documents()).isZero();
    }

    @Test
    void aMissingIndexIsToldFromOtherFailures() {
        redis.ftDropIndex(INDEX);

        assertThatThrownBy(() -> RedisSearch.state(redis, INDEX))
                .isInstanceOfSatisfying(
                        JedisDataException.class,
                        failure ->
                                assertThat(RedisSearch.isMissingIndex(failure)).isTrue());
        assertThatThrownBy(() -> redis.ftSearch(INDEX, "*"))
                .isInstanceOfSatisfying(
                        JedisDataException.class,
                        failure ->
                                assertThat(RedisSearch.isMissingIndex(failure)).isTrue());
        assertThat(RedisSearch.isMissingIndex(new JedisDataException("Timeout limit was reached")))
                .isFalse();
    }

    private static void create() {
        RedisSearch.createIfAbsent(
                redis,
                INDEX,
                FTCreateParams.createParams().on(IndexDataType.HASH).prefix("tb:{t}:interest:m:"),
                List.of(RedisSearch.exactInnerProduct("v", 4)));
    }

    private static Map<String, String> setting(String name) {
        return redis.executeCommand(new CommandObject<>(
                new CommandArguments(() -> RedisKeys.bytes("FT.CONFIG"))
                        .add("GET")
                        .add(name),
                BuilderFactory.STRING_MAP));
    }

    private static void store(String key, byte[] vector) {
        redis.hset(RedisKeys.bytes(key), RedisKeys.bytes("v"), vector);
    }
}
