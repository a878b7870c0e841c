package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.TakeRequest;
import io.thoughtbus.protocol.Wakes;
import io.thoughtbus.server.subscription.Subscriptions;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/** Hands over wakes, at once or when the first comes. */
@Component
final class Takes {
    private final RedisInbox inbox;
    private final WakeReader reader;
    private final WaitingRoom room;
    private final Bells bells;

    Takes(RedisInbox inbox, WakeReader reader, WaitingRoom room, Bells bells) {
        this.inbox = inbox;
        this.reader = reader;
        this.room = room;
        this.bells = bells;
    }

    DeferredResult<Wakes> take(SubscriptionRef subscription, TakeRequest request) {
        TakeOrder order = new TakeOrder(subscription, request.max(), "");
        Handover now = inbox.take(order).orElseThrow(() -> Subscriptions.notFound(subscription.id()));
        if (!now.wakes().isEmpty() || request.waitFor().toMillis() == 0) {
            DeferredResult<Wakes> answer = new DeferredResult<>();
            answer.setResult(new Wakes(reader.read(subscription, now)));
            return answer;
        }
        TakeWaiter waiter = new TakeWaiter(order, request, room::leave);

        room.enter(waiter);
        bells.ring(subscription);
        return waiter.answer();
    }

    /** Ends the takes of this name that wait, with nothing taken. */
    void leave(SubscriptionRef subscription, String taker) {
        room.dismiss(subscription, waiter -> waiter instanceof TakeWaiter take && take.isCalled(taker));
    }
}
