package io.thoughtbus.examples;

import io.thoughtbus.client.Subscriber;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.protocol.Interest;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.Wake;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Takes 10 % off the carts of those who serve. Nobody tells it about anybody: it says once, in its own words, what it
 * cares about, and is woken by facts from agents that have never heard of discounts.
 */
public final class DiscountAgent {
    private static final int PERCENT = 10;

    private final Map<String, Cart> carts;

    /** An agent in charge of these carts, by their customers. */
    public DiscountAgent(Map<String, Cart> carts) {
        this.carts = carts;
    }

    /** Starts to work at a bus. */
    public Subscriber start(ThoughtBus bus) {
        return bus.subscribe("military-discount", interest(), this::grant);
    }

    /** What the agent cares about. */
    public static SubscriptionDraft interest() {
        return SubscriptionDraft.of("discount-agent", "a customer is a member of the armed forces")
                .withInterest(new Interest(
                        "a customer is a member of the armed forces",
                        List.of(
                                "she is a soldier",
                                "one of our users is with the land, sea or air forces",
                                "he is an officer on active service"),
                        List.of()))
                .withThreshold(0.4)
                .withGuard(true);
    }

    /** Grants the discount to whom a wake is about. */
    public Verdict grant(Wake wake) {
        Cart cart = wake.fact().subject() == null ? null : carts.get(wake.fact().subject());
        if (cart != null) {
            cart.discount(PERCENT);
        }
        return Verdict.done();
    }

    /** Runs the agent until it is stopped; the argument is the bus, such as {@code http://localhost:8080/shop}. */
    public static void main(String[] arguments) throws InterruptedException {
        Map<String, Cart> carts = new ConcurrentHashMap<>();
        carts.put(
                "user-123", new Cart("user-123").add("two-person tent", 18_900).add("camp stove", 4_500));
        try (ThoughtBus bus = ThoughtBus.connect(arguments[0])) {
            new DiscountAgent(carts).start(bus);
            System.out.println("The discount agent waits for facts about those who serve. Ctrl-C ends it.");
            new CountDownLatch(1).await();
        }
    }
}
