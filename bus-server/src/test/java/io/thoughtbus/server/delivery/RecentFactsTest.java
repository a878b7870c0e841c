package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentFactsTest {
    private static final FactId FIRST = new FactId(0, 5, 1);
    private static final FactId SECOND = new FactId(1, 5, 1);

    private final String namespace = Fresh.namespace();
    private final ClockInHand clock = new ClockInHand();
    private final RecentFacts recent = new RecentFacts(JournalInHand.journal(), clock);

    @Test
    void fetchesFromTheJournalWhatItDoesNotRemember() {
        JournalInHand.append(namespace, FIRST);
        JournalInHand.append(namespace, SECOND);

        assertThat(recent.findAll(namespace, Set.of(FIRST, SECOND)))
                .hasSize(2)
                .allSatisfy((id, fact) -> assertThat(fact.fact().text()).isEqualTo("the fact " + id));
    }

    @Test
    void remembersWhatItWasToldAlthoughTheJournalHasForgotten() {
        JournalledFact fact = journalled(FIRST);
        recent.remember(namespace, List.of(fact));
        RedisInHand.client().del(RedisKeys.shard(namespace, 0, "facts"));

        assertThat(recent.findAll(namespace, Set.of(FIRST))).containsEntry(FIRST, fact);
    }

    @Test
    void remembersNothingForLongerThanAMinuteAndForgetsAtOnceWhatItIsToldTo() {
        recent.remember(namespace, List.of(journalled(FIRST), journalled(SECOND)));
        RedisInHand.client().del(RedisKeys.shard(namespace, 0, "facts"), RedisKeys.shard(namespace, 1, "facts"));

        recent.forget(namespace, List.of(FIRST));
        assertThat(recent.findAll(namespace, Set.of(FIRST, SECOND))).containsOnlyKeys(SECOND);
        clock.pass(Duration.ofSeconds(61));

        assertThat(recent.findAll(namespace, Set.of(FIRST, SECOND))).isEmpty();
    }

    @Test
    void leavesOutWhatNobodyKnows() {
        JournalledFact fact = journalled(FIRST);
        recent.remember(namespace, List.of(fact));

        assertThat(recent.findAll(namespace, Set.of(FIRST, SECOND))).containsOnlyKeys(FIRST);
        assertThat(recent.findAll(namespace, Set.of())).isEmpty();
    }

    @Test
    void keepsNamespacesApart() {
        recent.remember(namespace, List.of(journalled(FIRST)));

        assertThat(recent.findAll(Fresh.namespace(), Set.of(FIRST))).isEmpty();
    }

    private JournalledFact journalled(FactId id) {
        JournalInHand.append(namespace, id);
        return JournalInHand.journal().find(namespace, List.of(id)).get(0).orElseThrow();
    }
}
