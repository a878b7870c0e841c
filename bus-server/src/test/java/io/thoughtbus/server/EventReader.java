package io.thoughtbus.server;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the wakes that a bus pushes as server-sent events. */
public final class EventReader implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final InputStream stream;
    private final Thread thread;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private EventReader(InputStream stream) {
        this.stream = stream;
        this.thread = new Thread(this::read, "event-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** A reader of a new stream with this window. */
    public static EventReader open(HttpProbe bus, String subscription, int max) {
        return resume(bus, subscription, max, null);
    }

    /** A reader of what comes after an event that was seen. */
    public static EventReader resume(HttpProbe bus, String subscription, int max, @Nullable String lastEventId) {
        HttpRequest.Builder request = bus.request("/subscriptions/" + subscription + "/wakes?max=" + max)
                .header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            HttpResponse<InputStream> response =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError("the stream was refused with " + response.statusCode());
            }
            return new EventReader(response.body());
        } catch (IOException e) {
            throw new AssertionError("the stream failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The next events, as many as given; fewer if no further one comes for ten seconds. */
    public List<Event> next(int count) {
        List<Event> next = new ArrayList<>();
        try {
            while (next.size() < count) {
                Event event = events.poll(10, TimeUnit.SECONDS);
                if (event == null) {
                    break;
                }
                next.add(event);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return next;
    }

    /** Whether nothing comes for a while. */
    public boolean isSilentFor(Duration silence) {
        try {
            return events.poll(silence.toMillis(), TimeUnit.MILLISECONDS) == null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until the bus has ended the stream. */
    public void awaitEnd() {
        await().until(() -> !thread.isAlive());
    }

    /** Breaks the connection. */
    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new AssertionError("the stream could not be closed", e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String id = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(id, JSON.readTree(line.substring("data: ".length()))));
                }
            }
        } catch (IOException e) {
            // Closed by this side.
        }
    }

    /** One pushed wake, and the id to go on after. */
    public record Event(String id, JsonNode wake) {}
}
