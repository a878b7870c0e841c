package io.thoughtbus.server.delivery;

import io.thoughtbus.server.subscription.Subscriptions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Pushes wakes as server-sent events, and goes on where a reader's connection was cut. */
@Component
final class WakeStreams {
    private static final String PREAMBLE = "retry: 1000\n\n";

    private final RedisInbox inbox;
    private final WakeReader reader;
    private final WaitingRoom room;
    private final Bells bells;
    private final JsonMapper json;
    private final RandomGenerator random;
    private final Clock clock;
    private final Map<TakeOrder, StreamWaiter> open = new ConcurrentHashMap<>();

    WakeStreams(
            RedisInbox inbox,
            WakeReader reader,
            WaitingRoom room,
            Bells bells,
            JsonMapper json,
            RandomGenerator random,
            Clock clock) {
        this.inbox = inbox;
        this.reader = reader;
        this.room = room;
        this.bells = bells;
        this.json = json;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Starts a stream, or goes on with one.
     *
     * @param window how many wakes without a verdict the reader holds at most
     * @param lastEventId the last event that the reader has seen, if it comes back
     */
    void stream(
            SubscriptionRef subscription,
            int window,
            @Nullable String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        StreamId id = lastEventId == null ? StreamId.fresh(random) : StreamId.parse(lastEventId);
        TakeOrder order = new TakeOrder(subscription, window, id.stream());
        Optional.ofNullable(open.remove(order)).ifPresent(StreamWaiter::dismiss);
        Handover missed = inbox.resume(order, id.serial()).orElseThrow(() -> Subscriptions.notFound(subscription.id()));
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        StreamWaiter waiter = new StreamWaiter(order, json, clock.instant(), this::leave);
        waiter.events().send(PREAMBLE);
        waiter.offer(missed, reader.read(subscription, missed));
        room.enter(waiter);
        open.put(order, waiter);
        waiter.events().start(request.startAsync());
        bells.ring(subscription);
    }

    List<StreamWaiter> open() {
        return List.copyOf(open.values());
    }

    private void leave(StreamWaiter waiter) {
        open.remove(waiter.order(), waiter);
        room.leave(waiter);
    }
}
