package io.thoughtbus.client;

import io.thoughtbus.protocol.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
        try {
            return read(client.send(request, HttpResponse.BodyHandlers.ofByteArray()), answer);
        } catch (IOException e) {
            throw new BusUnavailableException(
                    "the bus at " + base + " does not answer: " + e.getMessage(), Duration.ZERO, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("interrupted while waiting for the bus", Duration.ZERO, e);
        }
    }

    private <T> T read(HttpResponse<byte[]> response, Class<T> answer) {
        int status = response.statusCode();
        try {
            if (status < 300) {
                return Json.MAPPER.readValue(response.body().length == 0 ? NOTHING : response.body(), answer);
            }
            Problem problem = Json.MAPPER.readValue(response.body(), Problem.class);
            if (status == 429
                    || status >= 500
                    || response.headers().firstValue("Retry-After").isPresent()) {
                throw new BusUnavailableException(problem.detail(), retryAfter(response), null);
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

    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
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
