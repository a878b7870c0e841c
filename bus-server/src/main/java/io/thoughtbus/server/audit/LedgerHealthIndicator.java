package io.thoughtbus.server.audit;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Tells which ledgers do not go on. Facts are matched and delivered all the same, so the bus stays up. */
@Component("ledger")
final class LedgerHealthIndicator implements HealthIndicator {
    private final LedgerStatus status;

    LedgerHealthIndicator(LedgerStatus status) {
        this.status = status;
    }

    @Override
    public Health health() {
        return Health.up()
                .withDetail("stuck", status.stuck())
                .withDetail("behind", status.behind())
                .withDetail("unsigned", status.notSigned())
                .build();
    }
}
