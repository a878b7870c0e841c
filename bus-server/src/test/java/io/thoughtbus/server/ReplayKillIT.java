package io.thoughtbus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.ledger.Checkpoint;
import io.thoughtbus.ledger.ConsistencyProof;
import io.thoughtbus.ledger.ExportVerifier;
import io.thoughtbus.ledger.PublicKey;
import io.thoughtbus.protocol.Vector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayKillIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OFTEN = "--thoughtbus.ledger.checkpoint-interval=PT1S";
    private static final int FACTS = 6_000;
    private static final int DIMENSION = 384;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final Random random = new Random(29);
    private BusProcess bus;
    private HttpProbe http;

    @BeforeEach
    void start() {
        bus = BusProcess.start(directory, OFTEN);
        http = HttpProbe.at(bus.port(), "shop");
    }

    @AfterEach
    void stop() {
        bus.close();
    }

    @Test
    void aKilledReplayGoesOnToTheSameResultAndTheLedgerHoldsEverythingOnce() throws IOException {
        http.declare("guarded", declaration(0.0, true));
        http.declare("other", declaration(0.05, false));
        String model = http.get("/subscriptions/other").json().get("model").asString();
        List<String> published = publish(model, FACTS);
        String last = published.stream()
                .max((a, b) -> Long.compare(position(a), position(b)))
                .orElseThrow();
        awaitLeaves(FACTS);
        List<String> checkpoints = new ArrayList<>(List.of(checkpoint()));

        List<String> later = publish(model, 500);
        String killed = replay(last);
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> status(killed).get("scanned").asLong() > 0);
        long before = status(killed).get("scanned").asLong();
        bus.kill();
        assertThat(before).isBetween(1L, FACTS - 1L);
        bus = BusProcess.start(directory, bus.port(), OFTEN);

        JsonNode resumed = done(killed);
        JsonNode undisturbed = done(replay(last));
        assertThat(resumed.get("scanned").asLong())
                .isEqualTo(undisturbed.get("scanned").asLong());
        assertThat(resumed.get("matched")).isEqualTo(undisturbed.get("matched"));
        assertThat(resumed.at("/differences/count").asLong()).isZero();
        assertThat(resumed.get("digest")).isEqualTo(undisturbed.get("digest"));
        assertThat(lines(killed)).isEqualTo(lines(undisturbed.get("id").asString()));
        assertLedger(Stream.concat(published.stream(), later.stream()).toList(), checkpoints);
    }

    private void assertLedger(List<String> published, List<String> checkpoints) throws IOException {
        awaitLeaves(published.size());
        checkpoints.add(checkpoint());
        assertConsistent(checkpoints);
        Checkpoint newest = open(checkpoints.get(checkpoints.size() - 1));
        String export = http.get("/ledger/export?size=" + newest.size()).body();
        assertThat(ExportVerifier.verify(
                                new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)),
                                newest,
                                verified -> {})
                        .withheld())
                .isZero();
        List<String> records = export.lines()
                .filter(line -> line.startsWith("{\"hash\""))
                .map(line -> line.substring(line.indexOf("\"record\":"), line.lastIndexOf(",\"salt\":")))
                .toList();
        assertThat(records).doesNotHaveDuplicates();
        assertThat(ids(records, "fact")).containsExactlyInAnyOrderElementsOf(published);
        assertThat(ids(records, "matches")).doesNotHaveDuplicates().hasSizeGreaterThan(FACTS / 3);
    }

    /** Each checkpoint continues the one before it, those that the bus made by itself too. */
    private void assertConsistent(List<String> mine) {
        List<Checkpoint> all = Stream.concat(
                        mine.stream(),
                        http.get("/ledger/checkpoints?limit=1000")
                                .json()
                                .get("checkpoints")
                                .valueStream()
                                .map(kept -> kept.get("note").asString()))
                .map(this::open)
                .sorted((a, b) -> Long.compare(a.size(), b.size()))
                .toList();
        assertThat(all).hasSizeGreaterThan(3);
        for (int i = 1; i < all.size(); i++) {
            Answer proof = http.get("/ledger/consistency?from=" + all.get(i - 1).size() + "&to="
                    + all.get(i).size());
            assertThat(JSON.readValue(proof.body(), ConsistencyProof.class).holds(all.get(i - 1), all.get(i)))
                    .isTrue();
        }
    }

    private static List<String> ids(List<String> records, String kind) {
        return records.stream()
                .filter(record -> record.endsWith("\"kind\":\"" + kind + "\"}"))
                .map(record ->
                        record.substring(record.lastIndexOf("\"id\":\"") + 6, record.lastIndexOf("\",\"kind\":")))
                .toList();
    }

    private List<String> lines(String replay) {
        return http.get("/replays/" + replay + "/matches").body().lines().toList();
    }

    private JsonNode done(String replay) {
        await().atMost(SOON).until(() -> status(replay).get("state").asString().equals("done"));
        return status(replay);
    }

    private JsonNode status(String replay) {
        return http.get("/replays/" + replay).json();
    }

    private String replay(String to) {
        return http.post("/replays", "{\"mode\":\"as-it-was\",\"from\":\"0-0-0\",\"to\":\"" + to + "\"}")
                .json()
                .get("id")
                .asString();
    }

    private String checkpoint() {
        return http.post("/ledger/checkpoints", "").body();
    }

    private Checkpoint open(String note) {
        return Checkpoint.open(
                note,
                http.get("/ledger/key")
                        .json()
                        .get("keys")
                        .valueStream()
                        .map(key -> PublicKey.parse(key.get("key").asString()))
                        .toList());
    }

    /** Waits until all that was dispatched is in the ledger, and nothing more comes. */
    private void awaitLeaves(long facts) {
        long[] size = {-1};
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).until(() -> {
            long before = size[0];
            size[0] = http.get("/ledger").json().get("size").asLong();
            return size[0] == before && size[0] > facts;
        });
    }

    private List<String> publish(String model, int count) {
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

    private static String declaration(double threshold, boolean guard) {
        return "{\"subscriber\":\"agent\",\"interest\":{\"text\":\"a parcel is late\"},\"threshold\":" + threshold
                + ",\"guard\":" + guard + "}";
    }

    private static long position(String fact) {
        String[] parts = fact.split("-", -1);
        return Long.parseLong(parts[1]) * 10_000 + Long.parseLong(parts[2]);
    }
}
