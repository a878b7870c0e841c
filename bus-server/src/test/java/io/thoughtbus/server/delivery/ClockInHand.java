package io.thoughtbus.server.delivery;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved, with the time that has passed whatever it says. */
final class ClockInHand extends Clock implements Ticker {
    private final AtomicLong passed = new AtomicLong();
    private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");

    void pass(Duration time) {
        now = now.plus(time);
        passed.addAndGet(time.toNanos());
    }

    /** Sets it ahead, or back, while no time passes. */
    void jump(Duration by) {
        now = now.plus(by);
    }

    @Override
    public long read() {
        return passed.get();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("this clock knows UTC only");
    }
}
