package io.thoughtbus.client;

import io.thoughtbus.protocol.Comparison;
import io.thoughtbus.protocol.Difference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A replay of a namespace that was started: watched, awaited, paused or cancelled, and its result read. */
public final class ComparisonRun {
    private final Http http;
    private final String path;
    private final String id;
    private final RunWatch<Comparison> watch;

    ComparisonRun(Http http, String id) {
        this.http = http;
        this.path = "/replays/" + id;
        this.id = id;
        this.watch = new RunWatch<>(http, path, Comparison.class, Comparison::isEnded);
    }

    /** The replay's id. */
    public String id() {
        return id;
    }

    /** How far it has come, with the first of what it found. */
    public Comparison status() {
        return watch.status();
    }

    /**
     * Waits until it has ended.
     *
     * @throws BusUnavailableException if it has not by then
     */
    public Comparison await(Duration longest) {
        return watch.await(longest);
    }

    /**
     * Writes the result found so far, one line of JSON for each decision; of a replay that is done always the same bytes.
     *
     * @throws BusUnavailableException if the bus goes away before the last line
     */
    public void write(OutputStream to) {
        try {
            http.copy(path + "/matches", to);
        } catch (IOException e) {
            throw new BusUnavailableException("the bus did not answer to the end: " + e.getMessage(), Duration.ZERO, e);
        }
    }

    /** The lines of the result found so far, at most as many as fit in memory. */
    public List<Difference> lines() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes);
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> Json.MAPPER.readValue(line, Difference.class))
                .toList();
    }

    /** Holds it up until it is resumed; after a week it is cancelled. */
    public Comparison pause() {
        return watch.pause();
    }

    /** Lets it go on after a pause. */
    public Comparison resume() {
        return watch.resume();
    }

    /** Stops it. */
    public Comparison cancel() {
        return watch.cancel();
    }
}
