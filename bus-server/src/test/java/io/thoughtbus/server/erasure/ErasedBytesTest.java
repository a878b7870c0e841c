package io.thoughtbus.server.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.redis.EmbeddedRedis;
import io.thoughtbus.server.redis.EmbeddedRedis.Persistence;
import io.thoughtbus.server.redis.RedisClients;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisSource;
import io.thoughtbus.server.redis.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;

class ErasedBytesTest {
    private static final String VECTOR = "v".repeat(384 * Float.BYTES);

    @TempDir
    private Path directory;

    @Test
    void theBusOwnRedisIsRewrittenAfterAnErasureAndThenNoFileHoldsTheFactAlthoughItsNeighboursStay() {
        try (EmbeddedRedis embedded = EmbeddedRedis.start(directory, null, Persistence.ALWAYS);
                RedisClient redis = new RedisClients(embedded.address()).shared(1)) {
            add(redis, "the first neighbour");
            StreamEntryID secret = add(redis, "Mrs Abernathy of Elm Road");
            add(redis, "the second neighbour");
            redis.xdel("facts", secret);
            Rewriting rewriting = rewriting(redis, RedisSource.embedded(embedded));
            rewriting.beginIfAsked();
            assertThat(redis.info("persistence")).contains("aof_rewrites:0");
            assertThat(files()).contains("Elm Road");

            rewriting.ask();
            rewriting.beginIfAsked();

            await().untilAsserted(() -> assertThat(files()).doesNotContain("Elm Road"));
            assertThat(files()).contains("the first neighbour", "the second neighbour");
        }
    }

    @Test
    void theRedisOfSomebodyElseIsLeftAlone() {
        RedisClient redis = RedisInHand.client();
        Rewriting rewriting = rewriting(redis, RedisSource.external(TestRedis.address()));

        rewriting.ask();
        rewriting.beginIfAsked();

        assertThat(redis.exists("tb:{registry}:rewrite")).isFalse();
    }

    private static Rewriting rewriting(RedisClient redis, RedisSource source) {
        RedisFunctions functions = RedisInHand.functions().through(redis);
        functions.load();
        return new Rewriting(redis, functions, source, System::nanoTime);
    }

    private static StreamEntryID add(RedisClient redis, String text) {
        return redis.xadd("facts", StreamEntryID.NEW_ENTRY, Map.of("f", text, "v", VECTOR));
    }

    /** All bytes of the append-only files. */
    private String files() {
        try (Stream<Path> files = Files.walk(directory.resolve("appendonlydir"))) {
            StringBuilder all = new StringBuilder();
            files.filter(Files::isRegularFile).forEach(file -> all.append(read(file)));
            return all.toString();
        } catch (IOException | UncheckedIOException e) {
            return "the files are changing: Elm Road";
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
