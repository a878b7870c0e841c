package io.thoughtbus.examples;

import io.thoughtbus.client.Subscriber;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.Wake;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A worker with several hands: repays large purchases that come back. It shows the three verdicts: done, later while
 * the bank is closed, and never for what it must not decide. Each repayment is a new fact, caused by the one before.
 */
public final class RefundClerk {
    private static final long MOST = 1_000;

    private final ThoughtBus bus;
    private final Predicate<String> bankIsOpenFor;

    /**
     * A clerk at a bus.
     *
     * @param bankIsOpenFor whether the bank can pay for an order now
     */
    public RefundClerk(ThoughtBus bus, Predicate<String> bankIsOpenFor) {
        this.bus = bus;
        this.bankIsOpenFor = bankIsOpenFor;
    }

    /** Starts to work, on four refunds at a time. */
    public Subscriber start() {
        SubscriptionDraft interest = SubscriptionDraft.of("finance-agent", "a buyer sends goods back and is repaid")
                .withThreshold(0.35)
                .withGuard(true)
                .withFilter("attributes.amount > 100")
                .withDelivery(DeliverySettings.USUAL.withBackoff(Duration.ofMillis(200)));
        return bus.subscribe("large-refunds", interest, 4, this::repay);
    }

    private Verdict repay(Wake wake) {
        Fact fact = wake.fact();
        String order = String.valueOf(fact.subject());
        if (!(fact.attributes().get("amount") instanceof Number amount)) {
            return Verdict.never("the amount is no number");
        }
        if (amount.doubleValue() > MOST) {
            return Verdict.never("more than " + MOST + " is for a person to decide");
        }
        if (!bankIsOpenFor.test(order)) {
            return Verdict.later("the bank is closed");
        }
        bus.publish(FactDraft.of("The bank has transferred " + amount + " to the owner of " + order)
                .about(order)
                .by("finance-agent")
                .withAttributes(Map.of("paid", amount))
                .withKey(wake.id())
                .causedBy(wake));
        return Verdict.done();
    }
}
