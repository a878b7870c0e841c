package io.thoughtbus.benchmarks;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.server.redis.RedisClients;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.search.FTSearchParams;
import redis.clients.jedis.search.SearchResult;

/** What the parts can do without the bus: the bare model and the bare search. */
final class Floors {
    private static final int TOGETHER = 64;

    private final RedisClients clients;
    private final RedisClient redis;
    private final Embedder model;

    Floors(BusUnderTest bus, Embedder model) {
        this.clients = bus.redisClients();
        this.redis = bus.redis();
        this.model = model;
    }

    /** Milliseconds for a text, the median of many with a pause before each. */
    double embedMillis(List<String> texts, Duration pause) throws InterruptedException {
        List<Double> times = new ArrayList<>();
        for (String text : texts) {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            long started = System.nanoTime();
            model.embed(text);
            times.add((System.nanoTime() - started) / 1e6);
        }
        return median(times);
    }

    /** Texts a second on all cores. */
    double embedRate(List<String> texts) {
        long started = System.nanoTime();
        model.embedAll(texts);
        return texts.size() * 1e9 / (System.nanoTime() - started);
    }

    /** Milliseconds for a search, the median of many with a pause before each. */
    double searchMillis(String namespace, List<Embedding> facts, Duration pause) throws InterruptedException {
        List<Double> times = new ArrayList<>();
        for (Embedding fact : facts) {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            long started = System.nanoTime();
            redis.ftSearch(index(namespace), "@v:[VECTOR_RANGE $r $q]", parameters(fact));
            times.add((System.nanoTime() - started) / 1e6);
        }
        return median(times);
    }

    /** Searches a second in pipelines. */
    double searchRate(String namespace, List<Embedding> facts) {
        long started = System.nanoTime();
        for (int from = 0; from < facts.size(); from += TOGETHER) {
            List<Response<SearchResult>> answers = new ArrayList<>();
            try (Pipeline pipeline = redis.pipelined()) {
                for (Embedding fact : facts.subList(from, Math.min(facts.size(), from + TOGETHER))) {
                    answers.add(pipeline.ftSearch(index(namespace), "@v:[VECTOR_RANGE $r $q]", parameters(fact)));
                }
            }
            answers.forEach(Response::get);
        }
        return facts.size() * 1e9 / (System.nanoTime() - started);
    }

    /** Calls a second of the function that journals a fact, each waited for, on so many connections at the same time. */
    double journalRate(int connections, Duration time) throws Exception {
        List<byte[]> arguments = List.of(
                bytes("0"),
                bytes("1000"),
                bytes("{}"),
                model.embed("some fact").toBytes(),
                bytes(""),
                bytes("60000"),
                bytes("0"));
        LongAdder written = new LongAdder();
        long started = System.nanoTime();
        Parallel.run(connections, connections, i -> {
            List<byte[]> keys = List.of(bytes("tb:{bare/" + i + "}:facts"), bytes("tb:{bare/" + i + "}:fact:bare:"));
            try (RedisClient connection = clients.dedicated()) {
                while (System.nanoTime() - started < time.toNanos()) {
                    connection.fcall(bytes("thoughtbus_publish_facts"), keys, arguments);
                    written.increment();
                }
            }
        });
        return written.sum() * 1e9 / (System.nanoTime() - started);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String index(String namespace) {
        return "tb:{" + namespace + "}:interests:" + model.modelId().tag();
    }

    private static FTSearchParams parameters(Embedding fact) {
        ByteBuffer query = ByteBuffer.allocate(400 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        query.put(fact.toBytes()).putFloat(1);
        return FTSearchParams.searchParams()
                .addParam("r", 1.0001)
                .addParam("q", query.array())
                .noContent()
                .limit(0, 1000)
                .dialect(2);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
