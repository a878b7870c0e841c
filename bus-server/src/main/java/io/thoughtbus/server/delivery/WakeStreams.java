package io.thoughtbus.server.delivery;

import io.thoughtbus.server.subscription.Subscriptions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Pushes wakes as server-sent events, and goes on where a reader's connection was cut. */
@Component
final class WakeStreams {
    private static final Logger log = LoggerFactory.getLogger(WakeStreams.class);
    private static final List<String> PREAMBLE = List.of("retry: 1000\n\n");

    private final RedisInbox inbox;
    private final WakeReader reader;
    private final WaitingRoom room;
    private final Bells bells;
    private final JsonMapper json;
    private final RandomGenerator random;
    private final Unsent unsent;
    private final Map<TakeOrder, StreamWaiter> open = new ConcurrentHashMap<>();

    WakeStreams(
            RedisInbox inbox,
            WakeReader reader,
            WaitingRoom room,
            Bells bells,
            JsonMapper json,
            RandomGenerator random,
            Unsent unsent) {
        this.inbox = inbox;
        this.reader = reader;
        this.room = room;
        this.bells = bells;
        this.json = json;
        this.random = random;
        this.unsent = unsent;
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
        StreamWaiter waiter = new StreamWaiter(order, json, unsent, this);
        try {
            waiter.events().send(PREAMBLE);
            waiter.offer(missed, reader.read(subscription, missed));
            open.put(order, waiter);
            room.enter(waiter);
            waiter.events().start(request.startAsync());
        } catch (RuntimeException | IOException e) {
            waiter.dismiss();
            throw e;
        }
        bells.ring(subscription);
    }

    List<StreamWaiter> open() {
        return List.copyOf(open.values());
    }

    /** A reader that was behind has taken all there was. */
    void taken(StreamWaiter waiter) {
        bells.ring(waiter.order().subscription());
    }

    /** A reader does not take at once what it is given. */
    void behind() {
        relieve();
    }

    /** A stream has ended, by whichever side. */
    void ended(StreamWaiter waiter) {
        open.remove(waiter.order(), waiter);
        room.leave(waiter);
    }

    /** Ends the streams whose readers have not read for longest, until what waits for those behind is no longer too much. */
    private void relieve() {
        while (unsent.isTooMuch()) {
            Optional<StreamWaiter> last = open.values().stream()
                    .filter(stream -> !stream.isReady())
                    .max(Comparator.comparing(StreamWaiter::behind));
            if (last.isEmpty()) {
                return;
            }
            log.info(
                    "Too much waits for readers that are behind: one of {}, who has not read for {}, is disconnected",
                    last.get().order().subscription(),
                    last.get().behind());
            last.get().dismiss();
        }
    }
}
