package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.Wake;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A reader of server-sent events who waits for wakes. Its window bounds what it holds and what waits to be sent. */
final class StreamWaiter implements Waiter {
    private final TakeOrder order;
    private final EventStream events;
    private final JsonMapper json;
    private volatile Instant lastDrained;

    StreamWaiter(TakeOrder order, JsonMapper json, Instant now, Consumer<StreamWaiter> whenEnded) {
        this.order = order;
        this.events = new EventStream(() -> whenEnded.accept(this));
        this.json = json;
        this.lastDrained = now;
    }

    EventStream events() {
        return events;
    }

    @Override
    public TakeOrder order() {
        return order;
    }

    @Override
    public boolean offer(Handover given, List<Wake> wakes) {
        Map<String, Wake> complete = wakes.stream().collect(Collectors.toMap(Wake::id, Function.identity()));
        StringBuilder text = new StringBuilder();
        for (Handover.Given one : given.wakes()) {
            Wake wake = complete.get(one.wake());
            if (wake != null) {
                text.append("id: ").append(new StreamId(order.stream(), one.serial()));
                text.append("\nevent: wake\ndata: ")
                        .append(json.writeValueAsString(wake))
                        .append("\n\n");
            }
        }
        return text.isEmpty() || events.send(text.toString());
    }

    @Override
    public boolean isOneShot() {
        return false;
    }

    @Override
    public void dismiss() {
        events.close();
    }

    /** Sends a sign of life, unless the reader is behind; false if it has been behind since before the given time. */
    boolean beat(Instant now, Instant patienceSince) {
        if (events.isDrained()) {
            lastDrained = now;
            events.send(": \n\n");
            return true;
        }
        return !lastDrained.isBefore(patienceSince);
    }
}
