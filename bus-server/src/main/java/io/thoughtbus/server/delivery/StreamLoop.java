package io.thoughtbus.server.delivery;

import io.thoughtbus.server.loop.Loop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps streams alive with a comment now and then, and ends those whose reader has stopped reading. */
final class StreamLoop implements Loop {
    private static final Logger log = LoggerFactory.getLogger(StreamLoop.class);
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final WakeStreams streams;
    private final Clock clock;

    StreamLoop(WakeStreams streams, Clock clock) {
        this.streams = streams;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public Duration rest() {
        return BEAT;
    }

    @Override
    public int doWork() {
        Instant now = clock.instant();
        List<StreamWaiter> open = streams.open();
        for (StreamWaiter stream : open) {
            if (!stream.beat(now, now.minus(PATIENCE))) {
                log.info(
                        "A reader of {} has not read for {} and is disconnected",
                        stream.order().subscription(),
                        PATIENCE);
                stream.dismiss();
            }
        }
        return 0;
    }
}
