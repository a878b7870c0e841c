package io.thoughtbus.server.delivery;

import io.thoughtbus.server.loop.Loop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps streams alive with a comment now and then, and ends those whose reader has stopped reading. */
final class StreamLoop implements Loop {
    private static final Logger log = LoggerFactory.getLogger(StreamLoop.class);
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final int LOOKS_A_PATIENCE = 4;

    private final WakeStreams streams;
    private final Duration patience;
    private final Duration beat;

    StreamLoop(WakeStreams streams, Duration patience) {
        this.streams = streams;
        this.patience = patience;
        Duration look = patience.dividedBy(LOOKS_A_PATIENCE);
        this.beat = look.compareTo(BEAT) < 0 ? look : BEAT;
    }

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public Duration rest() {
        return beat;
    }

    @Override
    public int doWork() {
        for (StreamWaiter stream : streams.open()) {
            if (!stream.beat(patience)) {
                log.info(
                        "A reader of {} has not read for {} and is disconnected",
                        stream.order().subscription(),
                        patience);
                stream.dismiss();
            }
        }
        return 0;
    }
}
