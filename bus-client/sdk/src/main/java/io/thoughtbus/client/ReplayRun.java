package io.thoughtbus.client;

import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayedMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A replay that was started: watched, awaited or cancelled. */
public final class ReplayRun {
    private final Http http;
    private final String path;
    private final String id;
    private final RunWatch<Replay> watch;

    ReplayRun(Http http, String subscription, String id) {
        this.http = http;
        this.path = "/subscriptions/" + subscription + "/replays/" + id;
        this.id = id;
        this.watch = new RunWatch<>(http, path, Replay.class, Replay::isEnded);
    }

    /** The replay's id. */
    public String id() {
        return id;
    }

    /** How far it has come, with the first matches. */
    public Replay status() {
        return watch.status();
    }

    /**
     * Waits until it has ended.
     *
     * @throws BusUnavailableException if it has not by then
     */
    public Replay await(Duration longest) {
        return watch.await(longest);
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

    /** Holds it up until it is resumed; after a week it is cancelled. */
    public Replay pause() {
        return watch.pause();
    }

    /** Lets it go on after a pause. */
    public Replay resume() {
        return watch.resume();
    }

    /** Stops it; what it has delivered stays delivered. */
    public Replay cancel() {
        return watch.cancel();
    }
}
