package io.thoughtbus.client;

import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayedMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A replay that was started: watched, awaited or cancelled. */
public final class ReplayRun {
    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LAST_LOOK = Duration.ofSeconds(1);

    private final Http http;
    private final String path;
    private final String id;

    ReplayRun(Http http, String subscription, String id) {
        this.http = http;
        this.path = "/subscriptions/" + subscription + "/replays/" + id;
        this.id = id;
    }

    /** The replay's id. */
    public String id() {
        return id;
    }

    /** How far it has come, with the first matches. */
    public Replay status() {
        return http.repeatedly("GET", path, null, Replay.class);
    }

    /**
     * Waits until it has ended.
     *
     * @throws BusUnavailableException if it has not by then
     */
    public Replay await(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        Duration look = FIRST_LOOK;
        Replay status = status();
        while (!status.isEnded()) {
            if (System.nanoTime() > deadline) {
                throw new BusUnavailableException(
                        "the replay " + id + " has not ended within " + longest, Duration.ZERO, null);
            }
            Http.pause(look);
            look = Http.shorter(look.multipliedBy(2), LAST_LOOK);
            status = status();
        }
        return status;
    }

    /** All matches found so far, in the order of the journal; the first 100,000 at most. */
    public List<ReplayedMatch> matches() {
        List<ReplayedMatch> all = new ArrayList<>();
        String after = "0";
        while (after != null) {
            Replay page = http.repeatedly("GET", path + "?limit=1000&after=" + after, null, Replay.class);
            all.addAll(page.matches());
            after = page.next();
        }
        return all;
    }

    /** Stops it; what it has delivered stays delivered. */
    public Replay cancel() {
        return http.repeatedly("DELETE", path, null, Replay.class);
    }
}
