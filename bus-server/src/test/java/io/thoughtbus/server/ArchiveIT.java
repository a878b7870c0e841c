package io.thoughtbus.server;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.ledger.Checkpoint;
import io.thoughtbus.ledger.ExportSummary;
import io.thoughtbus.ledger.ExportVerifier;
import io.thoughtbus.ledger.PublicKey;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Vector;
import io.thoughtbus.server.redis.EmbeddedRedis;
import io.thoughtbus.server.redis.RedisClients;
import io.thoughtbus.server.redis.RedisKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.JsonNode;

/** A journal of which Redis keeps the last thousand facts, and the archive all of them. */
class ArchiveIT {
    private static final int FACTS = 4_000;
    private static final int DIMENSION = 384;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path redisDirectory;

    private static EmbeddedRedis redis;
    private static RedisClient client;

    @TempDir
    private Path directory;

    private final Random random = new Random(31);
    private BusProcess bus;
    private HttpProbe http;

    @BeforeAll
    static void startRedis() {
        redis = EmbeddedRedis.start(redisDirectory, null, EmbeddedRedis.Persistence.EVERYSEC);
        client = new RedisClients(redis.address()).shared(4);
    }

    @AfterAll
    static void stopRedis() {
        client.close();
        redis.close();
    }

    @BeforeEach
    void start() {
        client.flushAll();
        startAgain();
    }

    @AfterEach
    void stop() {
        bus.close();
    }

    @Test
    void replaysAndExportsOfWhatHasLeftRedisAreWhatTheyWereThoughTheBusWasKilledWhileItArchived() throws IOException {
        declare();
        List<String> published = publish(FACTS);
        int woken = http.takeAll("agent", 1).size();
        awaitLeaves(FACTS + woken);
        String before = done(replay(last(published)));
        Checkpoint then = checkpoint();
        String exported = export(then);
        List<String> timelines =
                published.stream().limit(30).map(this::timeline).toList();

        for (int kill = 0; kill < 3; kill++) {
            List<String> files = files();
            publish(300);
            await().atMost(SOON).pollInterval(Duration.ofMillis(2)).until(() -> !files().equals(files));
            bus.kill();
            startAgain();
        }
        http.takeAll("agent", 1);
        awaitLeaves(FACTS + 900);
        http.post("/archive/segments", "");
        bus.kill();
        startAgain();
        await().atMost(SOON).until(() -> held() <= 1_000);

        String after = done(replay(last(published)));
        assertThat(lines(after)).hasSizeGreaterThan(100).isEqualTo(lines(before));
        assertThat(status(after).get("scanned").asLong()).isEqualTo(FACTS);
        assertThat(status(after).at("/differences/count").asLong()).isZero();
        assertThat(status(after).has("wholeFrom")).isFalse();
        assertThat(export(then)).isEqualTo(exported);
        assertThat(published.stream().limit(30).map(this::timeline)).isEqualTo(timelines);
        assertThat(timelines).anyMatch(timeline -> timeline.contains("matched agent"));
        Checkpoint newest = checkpoint();
        assertThat(verify(export(newest), newest).withheld()).isZero();
        assertThat(http.get("/archive/verification").body().lines())
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(line -> line.contains("\"intact\":true"));
        assertThat(archived()).isEqualTo(FACTS + 900);
    }

    @Test
    void whatIsErasedLeavesTheArchiveAndADamagedSegmentIsNamed() throws IOException {
        http.publish("{\"text\":\"order 17 was returned by Mr Jones\",\"subject\":\"order-17\"}");
        declare();
        publish(1_500);
        http.takeAll("agent", 1);
        awaitLeaves(1_500);
        http.post("/archive/segments", "");
        bus.close();
        startAgain();
        await().atMost(SOON).until(() -> held() <= 1_000);

        Answer erased = http.post("/facts:erase", "{\"subject\":\"order-17\",\"reason\":\"asked for\"}");

        String erasure = "/erasures/" + erased.json().get("id").asString();
        await().atMost(SOON)
                .until(() -> http.get(erasure).json().get("state").asString().equals("done"));
        assertThat(http.get(erasure).json().get("facts").asLong()).isEqualTo(1);
        Checkpoint newest = checkpoint();
        assertThat(export(newest)).doesNotContain("Jones");
        assertThat(verify(export(newest), newest).withheld()).isEqualTo(1);
        assertThat(http.get("/archive/verification").body()).contains("\"intact\":true");
        assertThat(http.get("/archive").json().at("/segments/0/generation").asInt())
                .isEqualTo(1);

        bus.close();
        Path file = archive().resolve(files().get(0));
        byte[] bytes = Files.readAllBytes(file);
        bytes[100] ^= 1;
        Files.write(file, bytes);
        startAgain();
        assertThat(http.get("/archive/verification").body())
                .contains("\"intact\":false", "\"damage\":\"block 0 was altered\"");
        String replay = replay(null);
        await().atMost(SOON).until(() -> status(replay).get("state").asString().equals("failed"));
        assertThat(status(replay).get("failure").asString()).contains("shop/", "is damaged: block 0 was altered");
    }

    @Test
    void listsArchivesOnDemandAndRefusesWhatThereIsNot() {
        assertThat(http.post("/archive/segments", "")).isProblem(404, "no-such-resource");
        assertThat(http.get("/archive").json().get("segments")).isEmpty();
        http.publish("{\"text\":\"one\"}");
        awaitLeaves(0);

        http.post("/archive/segments", "");

        assertThat(http.get("/archive").json().at("/segments/0/to").asLong()).isEqualTo(1);
        assertThat(http.get("/archive?after=1").json().get("segments")).isEmpty();
        assertThat(http.get("/archive?limit=0")).isProblem(400, "invalid-field", "limit");
        assertThat(http.get("/archive?after=-1")).isProblem(400, "invalid-field", "after");
        assertThat(http.send(http.requestTo("/actuator/health").GET())
                        .json()
                        .at("/components/archive/details/stuck")
                        .isObject())
                .isTrue();
    }

    private void startAgain() {
        // The one before may have been killed, and would have kept retention to itself for three minutes.
        client.del(RedisKeys.registry("lock:retention"));
        bus = BusProcess.start(
                directory,
                "--thoughtbus.redis.uri=redis://:" + redis.address().password() + "@localhost:"
                        + redis.address().port(),
                "--thoughtbus.archive.enabled=true",
                "--thoughtbus.archive.interval=PT1S",
                "--thoughtbus.ledger.checkpoint-interval=PT1S",
                "--thoughtbus.retention.facts=1000");
        http = HttpProbe.at(bus.port(), "shop");
    }

    private void declare() {
        http.declare(
                "agent",
                "{\"subscriber\":\"a\",\"interest\":{\"text\":\"a parcel is late\"},\"threshold\":0.05,\"guard\":false}");
    }

    /** Publishes facts with embeddings of chance. */
    private List<String> publish(int count) {
        String model = http.get("/subscriptions/agent").json().get("model").asString();
        return http.publishAll(IntStream.range(0, count)
                .mapToObj(i -> "{\"text\":\"parcel " + i + " is late\",\"subject\":\"s-" + i % 50 + "\",\"model\":"
                        + Samples.quoted(model) + ",\"vector\":\"" + vector() + "\"}")
                .toList());
    }

    private String vector() {
        float[] components = new float[DIMENSION];
        double length = 0;
        for (int i = 0; i < DIMENSION; i++) {
            components[i] = (float) random.nextGaussian();
            length += components[i] * components[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            components[i] /= (float) Math.sqrt(length);
        }
        return Vector.of(components).toBase64();
    }

    private static String last(List<String> published) {
        return published.stream()
                .map(FactId::parse)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .toString();
    }

    private String replay(@Nullable String to) {
        return http.post(
                        "/replays",
                        "{\"mode\":\"as-it-was\",\"from\":\"0-0-0\"" + (to == null ? "" : ",\"to\":\"" + to + "\"")
                                + "}")
                .json()
                .get("id")
                .asString();
    }

    /** What is told of a fact but for what nearly happened, which needs the fact in Redis. */
    private String timeline(String fact) {
        return http.get("/timeline?fact=" + fact)
                .json()
                .get("entries")
                .valueStream()
                .map(entry ->
                        entry.get("what").asString() + " " + entry.path("who").asString("") + " "
                                + entry.path("detail").asString(""))
                .filter(entry -> !entry.startsWith("nearly"))
                .collect(Collectors.joining("\n"));
    }

    private String done(String replay) {
        await().atMost(SOON).until(() -> status(replay).get("state").asString().equals("done"));
        return replay;
    }

    private JsonNode status(String replay) {
        return http.get("/replays/" + replay).json();
    }

    private List<String> lines(String replay) {
        return http.get("/replays/" + replay + "/matches").body().lines().toList();
    }

    /** Waits until all that happened is in the ledger, and nothing more comes. */
    private void awaitLeaves(long least) {
        long[] size = {-1};
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).until(() -> {
            long before = size[0];
            size[0] = http.get("/ledger").json().get("size").asLong();
            return size[0] == before && size[0] > least;
        });
    }

    private long held() {
        return IntStream.range(0, 4)
                .mapToLong(shard -> client.xlen(RedisKeys.shard("shop", shard, "facts")))
                .sum();
    }

    private Checkpoint checkpoint() {
        return Checkpoint.open(
                http.post("/ledger/checkpoints", "").body(),
                http.get("/ledger/key")
                        .json()
                        .get("keys")
                        .valueStream()
                        .map(key -> PublicKey.parse(key.get("key").asString()))
                        .toList());
    }

    private String export(Checkpoint checkpoint) {
        return http.get("/ledger/export?size=" + checkpoint.size()).body();
    }

    private static ExportSummary verify(String export, Checkpoint checkpoint) throws IOException {
        return ExportVerifier.verify(
                new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)), checkpoint, verified -> {});
    }

    private long archived() {
        return http.get("/archive?limit=1000")
                .json()
                .get("segments")
                .valueStream()
                .mapToLong(segment -> segment.get("facts").asLong())
                .sum();
    }

    private Path archive() {
        return directory.resolve("data").resolve("archive").resolve("shop");
    }

    private List<String> files() throws IOException {
        if (!Files.exists(archive())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(archive())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".tbs"))
                    .sorted()
                    .toList();
        }
    }
}
