package io.thoughtbus.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LedgerStatusTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final LedgerStatus status = new LedgerStatus(Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void tellsWhyALedgerIsStuckUntilItGoesOn() {
        status.failed("shop", new IllegalStateException("disk full"));
        status.failed("shop", new IllegalStateException("out of memory"));
        assertThat(status.stuck()).containsEntry("shop", new LedgerStatus.Stuck(NOON, "out of memory"));

        status.kept("shop", true);

        assertThat(status.stuck()).isEmpty();
        assertThat(status.behind()).isEmpty();
    }

    @Test
    void tellsWhichLedgersAreBehindUntilTheyHaveAll() {
        status.kept("shop", false);
        status.kept("bank", true);
        assertThat(status.behind()).containsOnlyKeys("shop");

        status.kept("shop", true);

        assertThat(status.behind()).isEmpty();
    }

    @Test
    void onlyTheFirstRefusalToSignIsNew() {
        assertThat(status.unsigned("shop", new IllegalStateException("no key"))).isTrue();
        assertThat(status.unsigned("shop", new IllegalStateException("no key"))).isFalse();

        status.signed("shop");

        assertThat(status.notSigned()).isEmpty();
        assertThat(status.unsigned("shop", new IllegalStateException("no key"))).isTrue();
    }

    @Test
    void aServerThatKeepsNoLedgersTellsOfNone() {
        status.failed("shop", new IllegalStateException("disk full"));
        status.kept("bank", false);
        status.unsigned("bank", new IllegalStateException("no key"));

        status.idle();

        assertThat(status.stuck()).isEmpty();
        assertThat(status.behind()).isEmpty();
        assertThat(status.notSigned()).isEmpty();
    }
}
