package io.thoughtbus.server;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Speaks HTTP to one namespace of a bus and hands back what came, whatever it is. */
public final class HttpProbe {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String base;
    private final String namespace;

    private HttpProbe(String base, String namespace) {
        this.base = base;
        this.namespace = namespace;
    }

    /** A probe of a namespace that no other test uses. */
    public static HttpProbe at(int port) {
        return at(port, BusTest.Fresh.namespace());
    }

    /** A probe of this namespace. */
    public static HttpProbe at(int port, String namespace) {
        return new HttpProbe("http://localhost:" + port, namespace);
    }

    /** The namespace it speaks to. */
    public String namespace() {
        return namespace;
    }

    /** The address of the namespace, for {@code ThoughtBus.connect}. */
    public String uri() {
        return base + "/" + namespace;
    }

    /** Asks for a path within the namespace. */
    public Answer get(String path) {
        return send(request(path).GET());
    }

    /** Posts JSON to a path within the namespace. */
    public Answer post(String path, String json) {
        return send(json(path, "POST", json));
    }

    /** Posts JSON and does not wait for the answer. */
    public CompletableFuture<Answer> postAsync(String path, String json) {
        return sendAsync(json(path, "POST", json));
    }

    /** Puts JSON at a path within the namespace. */
    public Answer put(String path, String json) {
        return send(json(path, "PUT", json));
    }

    /** Deletes a path within the namespace. */
    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** Publishes one fact of JSON that must be accepted; its id. */
    public String publish(String json) {
        Answer answer = post("/facts", json);
        if (answer.status() != 201) {
            throw new AssertionError("a fact was not accepted: " + answer);
        }
        return answer.json().get("id").asString();
    }

    /** Publishes many facts of JSON that must be accepted, in batches; their ids. */
    public List<String> publishAll(List<String> json) {
        return IntStream.iterate(0, from -> from < json.size(), from -> from + 500)
                .mapToObj(from -> json.subList(from, Math.min(json.size(), from + 500)))
                .flatMap(batch -> elements(post("/facts", "[" + String.join(",", batch) + "]"))
                        .map(answer -> answer.get("id").asString()))
                .toList();
    }

    /** Declares a subscription that must be accepted. */
    public JsonNode declare(String id, String json) {
        Answer answer = put("/subscriptions/" + id, json);
        if (answer.status() >= 300) {
            throw new AssertionError("a subscription was not accepted: " + answer);
        }
        return answer.json();
    }

    /** Takes wakes that must be given without a problem. */
    public List<JsonNode> take(String subscription, int max, Duration wait) {
        Answer answer = post(
                "/subscriptions/" + subscription + "/wakes:take", "{\"max\":" + max + ",\"wait\":\"" + wait + "\"}");
        if (answer.status() != 200) {
            throw new AssertionError("a take was refused: " + answer);
        }
        return answer.json().get("wakes").valueStream().toList();
    }

    /**
     * Takes wakes and finishes them, until there have been so many and no further one comes for a while. Gives up, with
     * fewer, when none has come for long.
     */
    public List<JsonNode> takeAll(String subscription, int expected) {
        List<JsonNode> all = new ArrayList<>();
        List<JsonNode> some;
        do {
            some = take(subscription, 256, all.size() < expected ? Duration.ofSeconds(10) : Duration.ofMillis(300));
            if (!some.isEmpty()) {
                settle(subscription, "done", some);
            }
            all.addAll(some);
        } while (!some.isEmpty());
        return all;
    }

    /** Gives the same verdict on some wakes, which must be in hand. */
    public void settle(String subscription, String verdict, List<JsonNode> wakes) {
        Answer answer = post(
                "/subscriptions/" + subscription + "/verdicts",
                wakes.stream()
                        .map(wake -> "{\"wake\":" + wake.get("id") + ",\"verdict\":\"" + verdict + "\"}")
                        .collect(Collectors.joining(",", "[", "]")));
        if (answer.status() != 200) {
            throw new AssertionError("a verdict was refused: " + answer);
        }
    }

    /** Sends a request as it is. */
    public Answer send(HttpRequest.Builder request) {
        return sendAsync(request).join();
    }

    /** Sends a request as it is and does not wait for the answer. */
    public CompletableFuture<Answer> sendAsync(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(Answer::of)
                .orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    /** Starts a request to a path within the namespace. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + "/v1/" + namespace + path));
    }

    /** Starts a request to any path. */
    public HttpRequest.Builder requestTo(String absolutePath) {
        return HttpRequest.newBuilder(URI.create(base + absolutePath));
    }

    /** A text as it stands in a path or a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder json(String path, String method, String json) {
        return request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
    }

    private static Stream<JsonNode> elements(Answer answer) {
        if (answer.status() != 201) {
            throw new AssertionError("a batch was not accepted: " + answer);
        }
        return StreamSupport.stream(answer.json().spliterator(), false);
    }
}
