package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.ExtendRequest;
import io.thoughtbus.protocol.Extended;
import io.thoughtbus.protocol.Settled;
import io.thoughtbus.protocol.WakeVerdict;
import io.thoughtbus.server.subscription.Subscriptions;
import io.thoughtbus.server.web.Batches;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Takes verdicts on wakes in hand, and wishes to keep them in hand. */
@Component
final class Verdicts {
    private final RedisInbox inbox;
    private final Ring ring;
    private final SubscriptionMeters meters;

    Verdicts(RedisInbox inbox, Ring ring, SubscriptionMeters meters) {
        this.inbox = inbox;
        this.ring = ring;
        this.meters = meters;
    }

    /**
     * For each verdict a {@link io.thoughtbus.protocol.Settled} or a problem.
     *
     * @param verdicts {@link WakeVerdict}s, and problems in the places of those that were refused already
     */
    List<Object> settleAll(SubscriptionRef subscription, List<?> verdicts) {
        return Batches.replace(verdicts, WakeVerdict.class, valid -> settle(subscription, valid));
    }

    private List<Object> settle(SubscriptionRef subscription, List<WakeVerdict> verdicts) {
        List<VerdictOutcome> outcomes =
                inbox.settle(subscription, verdicts).orElseThrow(() -> Subscriptions.notFound(subscription.id()));
        ring.ring(List.of(subscription));
        List<Object> answers = new ArrayList<>(verdicts.size());
        for (int i = 0; i < verdicts.size(); i++) {
            Object answer = outcomes.get(i).toAnswer(verdicts.get(i).wake());
            Boolean relevant = verdicts.get(i).relevant();
            if (relevant != null && answer instanceof Settled) {
                meters.judged(subscription, relevant);
            }
            answers.add(answer);
        }
        return answers;
    }

    Extended extend(SubscriptionRef subscription, ExtendRequest request) {
        RedisInbox.Extension extension = inbox.extend(subscription, request.wakes(), request.lease())
                .orElseThrow(() -> Subscriptions.notFound(subscription.id()));
        List<String> held = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < request.wakes().size(); i++) {
            (extension.held().get(i) ? held : lost).add(request.wakes().get(i));
        }
        return new Extended(extension.leaseUntil(), held, lost);
    }
}
