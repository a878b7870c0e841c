package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.TakeRequest;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.protocol.Wakes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.async.DeferredResult;

/** A take that waits for its first wake. */
final class TakeWaiter implements Waiter {
    private static final Duration LONGEST_TURN = Duration.ofSeconds(10);

    private final TakeOrder order;
    private final @Nullable String taker;
    private final DeferredResult<Wakes> answer;

    TakeWaiter(TakeOrder order, TakeRequest request) {
        this.order = order;
        this.taker = request.taker();
        this.answer = new DeferredResult<>(request.waitFor().plus(LONGEST_TURN).toMillis());
        answer.onTimeout(() -> answer.setResult(new Wakes(List.of())));
    }

    DeferredResult<Wakes> answer() {
        return answer;
    }

    boolean isCalled(String name) {
        return name.equals(taker);
    }

    @Override
    public TakeOrder order() {
        return order;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public Duration behind() {
        return Duration.ZERO;
    }

    @Override
    public boolean offer(Handover given, List<Wake> wakes) {
        return answer.setResult(new Wakes(wakes));
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void dismiss() {
        answer.setResult(new Wakes(List.of()));
    }
}
