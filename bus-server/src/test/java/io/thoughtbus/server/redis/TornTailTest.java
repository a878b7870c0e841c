package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

class TornTailTest {
    private static final String PLAIN = command("SET", "plain", "1");
    private static final String TRANSACTION =
            command("MULTI") + command("SET", "a", "EXEC") + command("SET", "b", "MULTI\r\n*1\r\n") + command("EXEC");

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                directory.resolve("appendonly.aof.manifest"),
                "file appendonly.aof.2.base.rdb seq 2 type b\nfile appendonly.aof.3.incr.aof seq 3 type i startoffset 0\n");
        file = directory.resolve("appendonly.aof.3.incr.aof");
    }

    @Test
    void whereverATransactionIsTornAllOfItIsCutOff() throws IOException {
        byte[] whole = (PLAIN + TRANSACTION + PLAIN + TRANSACTION).getBytes(StandardCharsets.US_ASCII);
        int before = (PLAIN + TRANSACTION + PLAIN).length();
        for (int torn = before; torn < whole.length; torn++) {
            Files.write(file, Arrays.copyOf(whole, torn));

            assertThat(TornTail.cut(directory)).isEqualTo(torn - before);
            assertThat(file).hasBinaryContent(Arrays.copyOf(whole, before));
        }
    }

    @Test
    void whereverACommandIsTornAllOfItIsCutOff() throws IOException {
        byte[] whole = ("#TS:1795447111\r\n" + TRANSACTION + PLAIN).getBytes(StandardCharsets.US_ASCII);
        int before = whole.length - PLAIN.length();
        for (int torn = before; torn < whole.length; torn++) {
            Files.write(file, Arrays.copyOf(whole, torn));

            assertThat(TornTail.cut(directory)).isEqualTo(torn - before);
        }
    }

    @Test
    void whatIsWholeStays() throws IOException {
        for (String whole : new String[] {"", PLAIN, TRANSACTION, TRANSACTION + PLAIN, PLAIN + TRANSACTION}) {
            Files.writeString(file, whole);

            assertThat(TornTail.cut(directory)).isZero();
            assertThat(file).hasContent(whole);
        }
    }

    @Test
    void whatIsDamagedOtherwiseIsLeftToRedis() throws IOException {
        String damaged = PLAIN + "!" + PLAIN + PLAIN.substring(0, 7);
        Files.writeString(file, damaged);

        assertThat(TornTail.cut(directory)).isZero();
        assertThat(file).hasContent(damaged);
    }

    @Test
    void aDirectoryThatIsNotThereNeedsNothing() {
        assertThat(TornTail.cut(directory.resolve("other"))).isZero();
    }

    @Test
    void whatATornTransactionHeldDoesNotComeBackWithALaterStart() throws IOException {
        Path data = directory.resolve("redis");
        try (EmbeddedRedis redis = EmbeddedRedis.start(data, null, EmbeddedRedis.Persistence.ALWAYS)) {
            write(redis, "1-1");
        }
        Path written = data.resolve("appendonlydir/appendonly.aof.1.incr.aof");
        byte[] bytes = Files.readAllBytes(written);
        Files.write(written, Arrays.copyOf(bytes, bytes.length - 20));

        try (EmbeddedRedis redis = EmbeddedRedis.start(data, null, EmbeddedRedis.Persistence.ALWAYS)) {
            write(redis, "2-1");
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(data, null, EmbeddedRedis.Persistence.ALWAYS);
                RedisClient client = new RedisClients(redis.address()).shared(1)) {
            assertThat(client.xrange("facts", "-", "+"))
                    .extracting(entry -> entry.getID().toString())
                    .containsExactly("2-1");
        }
    }

    private static void write(EmbeddedRedis redis, String id) {
        try (RedisClient client = new RedisClients(redis.address()).shared(1)) {
            client.eval("redis.call('XADD', 'facts', ARGV[1], 'f', 'x'); redis.call('SET', 'key', ARGV[1])", 0, id);
        }
    }

    private static String command(String... parts) {
        StringBuilder command = new StringBuilder("*" + parts.length + "\r\n");
        for (String part : parts) {
            command.append("$")
                    .append(part.length())
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        return command.toString();
    }
}
