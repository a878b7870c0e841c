package io.thoughtbus.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong nanos = new AtomicLong(7);

    @Test
    void deliversAsManyASecondAsItIsTold() {
        Pace pace = new Pace(20.0, nanos::get);

        assertThat(delivered(pace, Duration.ofSeconds(3))).isBetween(60L, 62L);
    }

    @Test
    void deliversLessThanOneASecond() {
        Pace pace = new Pace(0.1, nanos::get);
        pace.spend(1);

        assertThat(pace.allowance()).isZero();
        assertThat(pace.untilNext()).isEqualTo(Duration.ofSeconds(10));
        pass(Duration.ofSeconds(10));
        assertThat(pace.allowance()).isEqualTo(1);
    }

    @Test
    void doesNotMakeUpForARest() {
        Pace pace = new Pace(100.0, nanos::get);

        pass(Duration.ofHours(1));

        assertThat(pace.allowance()).isEqualTo(10);
    }

    @Test
    void withoutARateThereIsNoBound() {
        Pace pace = new Pace(null, nanos::get);

        pace.spend(1_000_000);
        pass(Duration.ofNanos(1));

        assertThat(pace.allowance()).isGreaterThan(1_000_000);
        assertThat(pace.untilNext()).isZero();
    }

    private long delivered(Pace pace, Duration during) {
        long end = nanos.get() + during.toNanos();
        long delivered = 0;
        while (nanos.get() < end) {
            long allowed = pace.allowance();
            pace.spend(allowed);
            delivered += allowed;
            pass(Duration.ofMillis(1));
        }
        return delivered;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
