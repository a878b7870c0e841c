package io.thoughtbus.server.judge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A chat endpoint that says what it is told to, stalls, or is not there. */
public final class ChatEndpoint implements AutoCloseable {
    /** How many of the interest's words stand in the fact. */
    public static final BiFunction<String, String, Double> BY_WORDS = (fact, interest) -> {
        Set<String> words = Set.copyOf(Arrays.asList(fact.split(" ", -1)));
        List<String> wanted = Arrays.asList(interest.split(" ", -1));
        return wanted.stream().filter(words::contains).count() / (double) wanted.size();
    };

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<Said> said = new ConcurrentLinkedQueue<>();
    private final int port;
    private volatile HttpServer server;
    private volatile int status = 200;
    private volatile Function<Said, String> answer = answering(BY_WORDS);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private ChatEndpoint() {
        this.server = open(0);
        this.port = server.getAddress().getPort();
    }

    /** An endpoint that answers by the words that fact and interest share. */
    public static ChatEndpoint open() {
        return new ChatEndpoint();
    }

    /** Its address, up to {@code /v1}. */
    public URI uri() {
        return URI.create("http://localhost:" + port + "/v1");
    }

    /** From now on it answers each question so. */
    public void answers(BiFunction<String, String, Double> probability) {
        says(answering(probability));
    }

    /** From now on it answers every request with this content. */
    public void says(Function<Said, String> content) {
        status = 200;
        answer = content;
        gate.countDown();
    }

    /** From now on it refuses every request. */
    public void refuses(int with) {
        status = with;
    }

    /** From now on it takes requests and leaves them unanswered, until it answers again. */
    public void stalls() {
        gate = new CountDownLatch(1);
    }

    /** From now on nobody listens at its address. */
    public void vanishes() {
        server.stop(0);
    }

    /** It listens again. */
    public void returns() {
        server = open(port);
    }

    /** All requests so far. */
    public List<Said> requests() {
        return List.copyOf(said);
    }

    /** All facts that it was asked about, those of requests that it refused or left unanswered included. */
    public List<String> facts() {
        return said.stream().map(Said::fact).toList();
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpServer open(int at) {
        try {
            HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            opened.setExecutor(threads);
            opened.createContext("/v1/chat/completions", this::handle);
            opened.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Said request = Said.of(exchange);
        said.add(request);
        try {
            gate.await();
        } catch (InterruptedException e) {
            return;
        }
        byte[] body = JSON.writeValueAsBytes(JSON.createObjectNode()
                .set(
                        "choices",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode()
                                        .set(
                                                "message",
                                                JSON.createObjectNode()
                                                        .put("role", "assistant")
                                                        .put("content", answer.apply(request))))));
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Function<Said, String> answering(BiFunction<String, String, Double> probability) {
        return request -> IntStream.range(0, request.interests().size())
                .mapToObj(i -> "{\"n\":" + (i + 1) + ",\"probability\":"
                        + probability.apply(request.fact(), request.interests().get(i)) + "}")
                .collect(Collectors.joining(",", "{\"answers\":[", "]}"));
    }

    /**
     * What was said to it.
     *
     * @param authorization the header; empty if there was none
     * @param body all of it
     */
    public record Said(String authorization, JsonNode body, String fact, List<String> interests) {
        private static Said of(HttpExchange exchange) throws IOException {
            JsonNode body = JSON.readTree(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            JsonNode data = JSON.readTree(body.at("/messages/1/content").asString());
            String header = exchange.getRequestHeaders().getFirst("Authorization");
            return new Said(
                    header == null ? "" : header,
                    body,
                    data.get("fact").asString(),
                    data.get("interests")
                            .valueStream()
                            .map(interest -> interest.get("interest").asString())
                            .toList());
        }
    }
}
