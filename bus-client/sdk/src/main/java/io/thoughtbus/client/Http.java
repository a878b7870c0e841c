package io.thoughtbus.client;

import io.thoughtbus.protocol.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Requests to one namespace of a bus, with the failures sorted into what may be tried again and what may not. */
final class Http {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final String JSON = "application/json";

    private final HttpClient client;
    private final String base;
    private final Duration timeout;

    Http(URI base, Duration timeout) {
        this.base = base.toString();
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    /** Sends a request once. */
    <T> T once(String method, String path, @Nullable Object body, Class<T> answer) {
        return once(method, path, body, answer, timeout);
    }

    /** Sends a request once, and waits for the answer longer than for others. */
    <T> T patiently(String method, String path, @Nullable Object body, Class<T> answer, Duration longer) {
        return once(method, path, body, answer, timeout.plus(longer));
    }

    /** Sends a request that may be repeated without harm, again and again until it is answered or the time is up. */
    <T> T repeatedly(String method, String path, @Nullable Object body, Class<T> answer) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return once(method, path, body, answer, timeout);
            } catch (BusUnavailableException e) {
                Duration rest = longer(pause, e.retryAfter());
                if (System.nanoTime() + rest.toNanos() > deadline) {
                    throw e;
                }
                pause(jittered(rest));
                pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            }
        }
    }

    /** The text that a request is answered with; sent once. */
    String text(String method, String path) {
        HttpResponse<byte[]> response = sent(unread(method, path), HttpResponse.BodyHandlers.ofByteArray());
        return response.statusCode() < 300
                ? new String(response.body(), StandardCharsets.UTF_8)
                : read(response.statusCode(), response.headers(), response.body(), String.class);
    }

    /**
     * Copies what a request is answered with as it comes.
     *
     * @throws IOException if it cannot be written, or the answer breaks off
     */
    void copy(String path, OutputStream out) throws IOException {
        HttpResponse<InputStream> response = sent(unread("GET", path), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (response.statusCode() >= 300) {
                read(response.statusCode(), response.headers(), in.readAllBytes(), String.class);
            }
            in.transferTo(out);
        }
    }

    private HttpRequest unread(String method, String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(timeout)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }

    static void pause(Duration rest) {
        try {
            Thread.sleep(rest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("interrupted while waiting for the bus", Duration.ZERO, e);
        }
    }

    static Duration jittered(Duration rest) {
        return Duration.ofMillis(
                (long) (rest.toMillis() * ThreadLocalRandom.current().nextDouble(0.75, 1.25)));
    }

    static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private <T> T once(String method, String path, @Nullable Object body, Class<T> answer, Duration longest) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(longest)
                .header("Content-Type", JSON)
                .header("Accept", JSON + ", application/problem+json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body)))
                .build();
        HttpResponse<byte[]> response = sent(request, HttpResponse.BodyHandlers.ofByteArray());
        return read(response.statusCode(), response.headers(), response.body(), answer);
    }

    private <B> HttpResponse<B> sent(HttpRequest request, HttpResponse.BodyHandler<B> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new BusUnavailableException(
                    "the bus at " + base + " does not answer: " + e.getMessage(), Duration.ZERO, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("interrupted while waiting for the bus", Duration.ZERO, e);
        }
    }

    private <T> T read(int status, HttpHeaders headers, byte[] body, Class<T> answer) {
        try {
            if (status < 300) {
                return Json.MAPPER.readValue(body.length == 0 ? NOTHING : body, answer);
            }
            Problem problem = Json.MAPPER.readValue(body, Problem.class);
            if (status == 429
                    || status >= 500
                    || headers.firstValue("Retry-After").isPresent()) {
                throw new BusUnavailableException(problem.detail(), retryAfter(headers), null);
            }
            throw new RequestRefusedException(problem);
        } catch (JacksonException e) {
            if (status < 300 || status >= 500) {
                throw new BusUnavailableException(
                        "the bus at " + base + " answered " + status + " in a form that is not understood",
                        Duration.ZERO,
                        e);
            }
            throw new RequestRefusedException(new Problem(
                    "about:blank", "HTTP " + status, status, "what answers at " + base + " is no bus", null, null));
        }
    }

    private static final byte[] NOTHING = {'n', 'u', 'l', 'l'};

    private static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,5}"))
                .map(Long::parseLong)
                .map(Duration::ofSeconds)
                .orElse(Duration.ZERO);
    }

    /** The elements of an answered list, each an answer of the given type or the problem of a refused element. */
    static <T> Object element(JsonNode element, Class<T> answer) {
        return element.has("type") && element.has("status")
                ? new RequestRefusedException(Json.MAPPER.treeToValue(element, Problem.class))
                : Json.MAPPER.treeToValue(element, answer);
    }
}
