package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.Wake;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reader of server-sent events who waits for wakes. Its window bounds what it holds; while it is behind, it is given
 * nothing more.
 */
final class StreamWaiter implements Waiter {
    private static final List<String> SIGN_OF_LIFE = List.of(": \n\n");

    private final TakeOrder order;
    private final EventStream events;
    private final JsonMapper json;
    private final WakeStreams streams;

    /** A waiter whose stream has not started. */
    StreamWaiter(TakeOrder order, JsonMapper json, Unsent unsent, WakeStreams streams) {
        this.order = order;
        this.events = new EventStream(unsent, () -> streams.taken(this), () -> streams.ended(this));
        this.json = json;
        this.streams = streams;
    }

    EventStream events() {
        return events;
    }

    @Override
    public TakeOrder order() {
        return order;
    }

    @Override
    public boolean isReady() {
        return events.isDrained();
    }

    @Override
    public Duration behind() {
        return events.behind();
    }

    @Override
    public boolean offer(Handover given, List<Wake> wakes) {
        Map<String, Wake> complete = wakes.stream().collect(Collectors.toMap(Wake::id, Function.identity()));
        boolean there = events.send(given.wakes().stream()
                .filter(one -> complete.containsKey(one.wake()))
                .map(one -> event(one, Objects.requireNonNull(complete.get(one.wake()))))
                .toList());
        if (!events.isDrained()) {
            streams.behind();
        }
        return there;
    }

    @Override
    public boolean isOneShot() {
        return false;
    }

    @Override
    public void dismiss() {
        events.close();
    }

    /** Sends a sign of life, unless the reader is behind; false if it has been for longer than this. */
    boolean beat(Duration patience) {
        if (events.isDrained()) {
            events.send(SIGN_OF_LIFE);
            return true;
        }
        return behind().compareTo(patience) < 0;
    }

    private String event(Handover.Given given, Wake wake) {
        return "id: " + new StreamId(order.stream(), given.serial()) + "\nevent: wake\ndata: "
                + json.writeValueAsString(wake) + "\n\n";
    }
}
