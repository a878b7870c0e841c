package io.thoughtbus.client;

import java.time.Duration;
import java.util.function.Predicate;

/** Something that the bus carries out after it has answered: looked at, awaited, held up or stopped. */
final class RunWatch<S> {
    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LAST_LOOK = Duration.ofSeconds(1);

    private final Http http;
    private final String path;
    private final Class<S> type;
    private final Predicate<S> ended;

    /**
     * A watch.
     *
     * @param path where the bus tells how far it has come
     * @param ended whether it has ended
     */
    RunWatch(Http http, String path, Class<S> type, Predicate<S> ended) {
        this.http = http;
        this.path = path;
        this.type = type;
        this.ended = ended;
    }

    S status() {
        return ask("GET", "");
    }

    S await(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        Duration look = FIRST_LOOK;
        S status = status();
        while (!ended.test(status)) {
            if (System.nanoTime() > deadline) {
                throw new BusUnavailableException(path + " has not ended within " + longest, Duration.ZERO, null);
            }
            Http.pause(look);
            look = Http.shorter(look.multipliedBy(2), LAST_LOOK);
            status = status();
        }
        return status;
    }

    S pause() {
        return ask("POST", ":pause");
    }

    S resume() {
        return ask("POST", ":resume");
    }

    S cancel() {
        return ask("DELETE", "");
    }

    private S ask(String method, String action) {
        return http.repeatedly(method, path + action, null, type);
    }
}
