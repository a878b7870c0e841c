package io.thoughtbus.server.archive;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Tells which journals are not archived, for instance because the disk is full. Facts are matched and delivered all the
 * same, and stay in the journal, so the bus stays up.
 */
@Component("archive")
@IfArchiving
final class ArchiveHealthIndicator implements HealthIndicator {
    private final ArchiveStatus status;

    ArchiveHealthIndicator(ArchiveStatus status) {
        this.status = status;
    }

    @Override
    public Health health() {
        return Health.up().withDetail("stuck", status.stuck()).build();
    }
}
