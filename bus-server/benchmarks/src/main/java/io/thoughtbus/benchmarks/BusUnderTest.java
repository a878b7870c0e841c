package io.thoughtbus.benchmarks;

import io.thoughtbus.server.redis.EmbeddedRedis;
import io.thoughtbus.server.redis.RedisAddress;
import io.thoughtbus.server.redis.RedisClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.resps.StreamEntry;

/** The bus as its users run it, and its Redis, which the floors are measured on too. */
final class BusUnderTest implements AutoCloseable {
    private static final int PORT = 18_321;
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private final EmbeddedRedis redis;
    private final RedisClients clients;
    private final RedisClient client;
    private final Path directory;
    private final List<String> settings;
    private Process process;

    /**
     * Starts the bus.
     *
     * @param settings arguments of its own
     */
    BusUnderTest(String... settings) throws IOException, InterruptedException {
        this.settings = List.of(settings);
        this.directory = Files.createTempDirectory("thought-bus-benchmark");
        this.redis = EmbeddedRedis.start(directory.resolve("redis"), null, EmbeddedRedis.Persistence.ALWAYS);
        this.clients = new RedisClients(redis.address());
        this.client = clients.shared(8);
        this.process = launch();
        awaitHealth();
    }

    URI uri(String namespace) {
        return URI.create("http://127.0.0.1:" + PORT + "/" + namespace);
    }

    URI api(String path) {
        return URI.create("http://127.0.0.1:" + PORT + "/v1/" + path);
    }

    RedisClient redis() {
        return client;
    }

    /** Further connections to it. */
    RedisClients redisClients() {
        return clients;
    }

    /** What Redis holds in memory. */
    long redisBytes() {
        Matcher used = Pattern.compile("used_memory:(\\d+)").matcher(client.info("memory"));
        return used.find() ? Long.parseLong(used.group(1)) : 0;
    }

    /** What lives on the bus' heap, after a full collection. */
    long heapBytes() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        Matcher total = TOTAL.matcher(new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        jcmd.waitFor();
        return total.find() ? Long.parseLong(total.group(1)) : 0;
    }

    /** Stops the bus and starts it again; how long until it is ready and its indexes are whole. */
    Duration restart() throws IOException, InterruptedException {
        stop();
        long started = System.nanoTime();
        process = launch();
        awaitHealth();
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Waits until every fact of a namespace has been dispatched. */
    void awaitDispatched(String namespace) throws InterruptedException {
        for (int shard = 0; shard < 4; shard++) {
            String prefix = "tb:{" + namespace + "/" + shard + "}:";
            if (client.exists(prefix + "facts")) {
                String last = client.xinfoStream(prefix + "facts")
                        .getLastGeneratedId()
                        .toString();
                while (!last.equals(client.hget(prefix + "dispatch", "cursor"))) {
                    TimeUnit.MILLISECONDS.sleep(2);
                }
            }
        }
    }

    /** How many wakes of a namespace have been recorded. */
    long matches(String namespace) {
        long matches = 0;
        for (int shard = 0; shard < 4; shard++) {
            for (StreamEntry entry : client.xrange("tb:{" + namespace + "/" + shard + "}:matches", "-", "+")) {
                matches += String.valueOf(entry.getFields().get("m")).split("],\\[", -1).length;
            }
        }
        return matches;
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
        redis.close();
    }

    private Process launch() throws IOException {
        RedisAddress address = redis.address();
        Path log = directory.resolve("bus.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-jar",
                System.getProperty("thoughtbus.jar", "bus-server/target/bus-server.jar"),
                "--server.port=" + PORT,
                "--thoughtbus.data-dir=" + directory,
                "--thoughtbus.redis.uri=redis://:" + address.password() + "@127.0.0.1:" + address.port()));
        command.addAll(settings);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private void awaitHealth() throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/actuator/health"))
                .build();
        while (true) {
            try {
                if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the bus ended; see " + directory.resolve("bus.log"), e);
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
