package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.TakeRequest;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.protocol.Wakes;
import io.thoughtbus.server.subscription.Subscriptions;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/** Hands over wakes, at once or when the first comes. */
@Component
final class Takes {
    private final RedisInbox inbox;
    private final WakeReader reader;
    private final WaitingRoom room;
    private final Bells bells;
    private final ScheduledExecutorService timer;

    Takes(
            RedisInbox inbox,
            WakeReader reader,
            WaitingRoom room,
            Bells bells,
            @Qualifier("takeTimer") ScheduledExecutorService timer) {
        this.inbox = inbox;
        this.reader = reader;
        this.room = room;
        this.bells = bells;
        this.timer = timer;
    }

    DeferredResult<Wakes> take(SubscriptionRef subscription, TakeRequest request) {
        TakeOrder order = new TakeOrder(subscription, request.max(), "");
        List<Wake> now = now(order);
        if (!now.isEmpty() || request.waitFor().toMillis() == 0) {
            DeferredResult<Wakes> answer = new DeferredResult<>();
            answer.setResult(new Wakes(now));
            return answer;
        }
        TakeWaiter waiter = new TakeWaiter(order, request);
        room.enter(waiter);
        Future<?> timeUp =
                timer.schedule(() -> room.sendHome(waiter), request.waitFor().toMillis(), TimeUnit.MILLISECONDS);
        waiter.answer().onCompletion(() -> {
            timeUp.cancel(false);
            room.leave(waiter);
        });
        bells.ring(subscription);
        return waiter.answer();
    }

    /** What is there at once; a turn that brings expired wakes alone is followed by another. */
    private List<Wake> now(TakeOrder order) {
        while (true) {
            Handover given = inbox.take(order)
                    .orElseThrow(
                            () -> Subscriptions.notFound(order.subscription().id()));
            List<Wake> wakes = reader.read(order.subscription(), given);
            if (!wakes.isEmpty() || given.wakes().isEmpty()) {
                return wakes;
            }
        }
    }

    /** Ends the takes of this name that wait, with nothing taken. */
    void leave(SubscriptionRef subscription, String taker) {
        room.dismiss(subscription, waiter -> waiter instanceof TakeWaiter take && take.isCalled(taker));
    }
}
