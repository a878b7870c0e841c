package io.thoughtbus.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.EmbeddedRedis;
import io.thoughtbus.server.redis.EmbeddedRedis.Persistence;
import io.thoughtbus.server.redis.RedisClients;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

class ErasedActBytesTest {
    private static final List<String> SAID =
            List.of("the first neighbour", "Mrs Abernathy of Elm Road", "the second neighbour");

    @TempDir
    private Path directory;

    @Test
    void noFileHoldsWhatAnErasedActSaidAlthoughItsNeighboursStay() {
        try (EmbeddedRedis embedded = EmbeddedRedis.start(directory, null, Persistence.ALWAYS);
                RedisClient redis = new RedisClients(embedded.address()).shared(1)) {
            RedisFunctions functions = RedisInHand.functions().through(redis);
            functions.load();
            RedisLedger ledger = new RedisLedger(
                    redis,
                    functions,
                    new LedgerProperties("thought-bus", null, Duration.ofMinutes(1), Duration.ofDays(1)));
            for (int i = 0; i < SAID.size(); i++) {
                redis.rpush(
                        RedisKeys.subscription("shop", "agent", "trail"),
                        "1-" + (i + 1) + "|{\"kind\":\"verdict\",\"wake\":\"0-1-0000000" + i + ".3\",\"at\":6000,"
                                + "\"attempt\":1,\"reason\":\"" + SAID.get(i) + "\"}");
            }
            new LedgerWriter(redis, functions, ledger, new Shards(1)).advance("shop", List.of("agent"));
            LeafBatch erasure = new LeafBatch(new LedgerKeys("shop"), ledger.head("shop"));
            erasure.erase(1);
            ledger.append(erasure);

            redis.executeCommand(new CommandArguments(Command.BGREWRITEAOF));

            await().untilAsserted(() ->
                    assertThat(files()).contains(SAID.get(0), SAID.get(2)).doesNotContain("Elm Road"));
        }
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
