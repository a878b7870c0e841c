package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** On a Redis of its own, since the functions of a whole bus must not vanish under other tests. */
class RedisFunctionsTest {
    private static final List<String> LOCK = List.of("tb:{registry}:lock:t/s");

    private static EmbeddedRedis server;
    private static RedisClient redis;
    private static RedisFunctions functions;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.NONE);
        redis = new RedisClients(server.address()).shared(4);
        functions = RedisFunctions.of(redis);
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @BeforeEach
    void startWithTheLibraryLoaded() {
        functions.load();
        redis.flushAll();
    }

    @Test
    void everyFunctionOfTheBusIsInTheLibrary() {
        List<String> declared = Arrays.stream(RedisFunction.values())
                .map(RedisFunction::redisName)
                .toList();

        assertThat(redis.functionList("thoughtbus"))
                .singleElement()
                .satisfies(library -> assertThat(library.getFunctions())
                        .extracting(function -> function.get("name"))
                        .containsExactlyInAnyOrderElementsOf(declared));
    }

    @Test
    void loadsALostLibraryAndCallsAgain() {
        redis.functionFlush();
        redis.set(LOCK.get(0), "mine");

        Object answer = functions.call(RedisFunction.RELEASE_LOCK, LOCK, List.of("mine"));

        assertThat(answer).isEqualTo(1L);
        assertThat(redis.functionList()).hasSize(1);
    }

    @Test
    void loadsTheLibraryOverOneThatLacksTheFunction() {
        redis.functionFlush();
        redis.functionLoad("#!lua name=thoughtbus\nredis.register_function('thoughtbus_old', function() return 7 end)");

        Object answer = functions.call(RedisFunction.RELEASE_LOCK, LOCK, List.of("mine"));

        assertThat(answer).isEqualTo(0L);
    }

    @Test
    void aFailureOtherThanALostLibraryIsNotTriedAgain() {
        redis.sadd(LOCK.get(0), "a set and no lock");

        assertThatThrownBy(() -> functions.call(RedisFunction.RELEASE_LOCK, LOCK, List.of("mine")))
                .isInstanceOf(JedisDataException.class)
                .hasMessageContaining("WRONGTYPE")
                .satisfies(failure -> assertThat(RedisFunctions.isNotLoaded((JedisDataException) failure))
                        .isFalse());
    }

    @Test
    void aPipelineShowsThatTheLibraryIsLost() {
        redis.functionFlush();
        Response<Object> answer;

        try (Pipeline pipeline = redis.pipelined()) {
            answer = functions.call(pipeline, RedisFunction.RELEASE_LOCK, LOCK, List.of("mine"));
        }

        assertThatThrownBy(answer::get)
                .isInstanceOfSatisfying(
                        JedisDataException.class,
                        failure ->
                                assertThat(RedisFunctions.isNotLoaded(failure)).isTrue());
    }

    @Test
    void makesEachCallWithALostLibraryToo() {
        redis.functionFlush();
        redis.set(LOCK.get(0), "mine");

        functions.callEach(
                RedisFunction.RELEASE_LOCK,
                List.of(
                        new RedisFunctions.Call(LOCK, List.of("another's")),
                        new RedisFunctions.Call(LOCK, List.of("mine"))));

        assertThat(redis.exists(LOCK.get(0))).isFalse();
    }

    @Test
    void argumentsArriveByteForByte() {
        byte[] vector = {0, -1, -128, 127, '\r', '\n'};
        List<String> keys = List.of("tb:{t}:interest:m:s:1", "tb:{t}:searchable:m");

        functions.call(RedisFunction.ADD_INTEREST, keys, List.of(vector, "{\"ä\":1}", "s:1"));

        byte[] key = RedisKeys.bytes(keys.get(0));
        assertThat(redis.hget(key, RedisKeys.bytes("v"))).isEqualTo(vector);
        assertThat(redis.hget(key, RedisKeys.bytes("m"))).isEqualTo("{\"ä\":1}".getBytes(StandardCharsets.UTF_8));
    }
}
