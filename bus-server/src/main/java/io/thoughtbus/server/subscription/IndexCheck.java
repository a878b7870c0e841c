package io.thoughtbus.server.subscription;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.thoughtbus.server.interest.RedisInterestIndex;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Compares the index of a namespace with the registry, has it mended, and reports what was. What was matched between the
 * last time that all was right and the mending is not matched again: the report says from when to when, and for whom,
 * facts may not have woken.
 */
@Component
final class IndexCheck {
    private static final Logger log = LoggerFactory.getLogger(IndexCheck.class);
    private static final int MOST_NAMED = 20;

    private final IndexComparison comparison;
    private final IndexMending mending;
    private final RedisIndexChecks checks;
    private final RedisInterestIndex index;
    private final MeterRegistry meters;
    private final Clock clock;

    IndexCheck(
            IndexComparison comparison,
            IndexMending mending,
            RedisIndexChecks checks,
            RedisInterestIndex index,
            MeterRegistry meters,
            Clock clock) {
        this.comparison = comparison;
        this.mending = mending;
        this.checks = checks;
        this.index = index;
        this.meters = meters;
        this.clock = clock;
        List.of("restored", "activated", "lost", "removed").forEach(this::count);
    }

    void run(String namespace) {
        Instant began = clock.instant();
        Disagreement found = comparison.of(namespace);
        if (!found.isNone()) {
            Mended mended =
                    mending.mend(namespace, found, checks.lastRight(namespace).orElse(null));
            if (!mended.isNothing()) {
                report(namespace, mended);
            }
        } else if (index.isWhole(namespace)) {
            checks.right(namespace, began);
        }
    }

    private void report(String namespace, Mended mended) {
        count("restored").increment(mended.restored().size());
        count("activated").increment(mended.activated().size());
        count("lost").increment(mended.lost().size());
        count("removed").increment(mended.removed().size());
        checks.mended(namespace, mended);
        log.warn(
                "The index of {} did not agree with the registry and was mended. Interests restored: {}; not to be"
                        + " restored: {}; removed, since no subscription names them: {}; subscriptions in force again:"
                        + " {}",
                namespace,
                named(mended.restored()),
                named(mended.lost()),
                named(mended.removed()),
                named(mended.activated()));
        if (mended.mayHaveMissed()) {
            log.warn(
                    "Facts that {} matched from {} until {} may not have woken these subscriptions; a replay of what was"
                            + " accepted then, with \"deliver\": true, makes up for it",
                    namespace,
                    mended.since() == null ? "an unknown time" : mended.since(),
                    mended.at());
        }
    }

    private Counter count(String what) {
        return Counter.builder("thoughtbus.index.mended")
                .description("what was mended where an index did not agree with the registry")
                .tag("what", what)
                .register(meters);
    }

    private static String named(List<String> names) {
        return names.size() <= MOST_NAMED
                ? String.join(", ", names.isEmpty() ? List.of("none") : names)
                : String.join(", ", names.subList(0, MOST_NAMED)) + " and " + (names.size() - MOST_NAMED) + " more";
    }
}
