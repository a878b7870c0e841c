package io.thoughtbus.examples;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a customer is about to buy; prices in cents. */
public final class Cart {
    private final String customer;
    private final Map<String, Long> items = new LinkedHashMap<>();
    private int percentOff;

    /** An empty cart. */
    public Cart(String customer) {
        this.customer = customer;
    }

    /** Puts something into it. */
    public synchronized Cart add(String item, long cents) {
        items.put(item, cents);
        return this;
    }

    /** Grants a discount; granting it again changes nothing, so that a wake may come twice. */
    public synchronized void discount(int percent) {
        percentOff = Math.max(percentOff, percent);
    }

    /** Whose it is. */
    public String customer() {
        return customer;
    }

    /** What is in it, with prices before any discount. */
    public synchronized Map<String, Long> items() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(items));
    }

    /** The discount in percent. */
    public synchronized int percentOff() {
        return percentOff;
    }

    /** What is to be paid. */
    public synchronized long total() {
        long sum = items.values().stream().mapToLong(Long::longValue).sum();
        return sum - sum * percentOff / 100;
    }
}
