package io.thoughtbus.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.redis.LedgerSwitchProperties;
import io.thoughtbus.server.redis.RedisKeys;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WakeHistoryTest {
    private static final FactId FACT = new FactId(2, 5_000, 7);

    @TempDir
    private Path keys;

    private LedgerInHand hand;
    private WakeHistory history;
    private int acts;

    @BeforeEach
    void begin() {
        hand = new LedgerInHand(keys);
        history = new WakeHistory(hand.redis, new LedgerSwitchProperties(true));
    }

    @Test
    void tellsEachActOnceWhileTheLedgerTakesIt() {
        note("agent", FACT, "delivery");
        note("agent", FACT, "verdict");

        WakeHistory.Told before = told();
        LedgerWriter.Step step = hand.writer.read(hand.namespace, List.of("agent"));
        note("agent", FACT, "revival");
        hand.writer.append(step);
        WakeHistory.Told between = told();
        hand.writer.drain(step);

        assertThat(kinds(before)).containsExactly("delivery", "verdict");
        assertThat(kinds(between)).containsExactly("delivery", "verdict", "revival");
        assertThat(told()).isEqualTo(between);
        hand.takeAll("agent");
        assertThat(told()).isEqualTo(between);
        assertThat(told().missing()).isEmpty();
    }

    @Test
    void tellsOfNoOtherFact() {
        note("agent", new FactId(2, 5_000, 70), "delivery");
        note("agent", new FactId(1, 5_000, 7), "delivery");
        note("agent", FACT, "delivery");
        hand.takeAll("agent");
        note("agent", new FactId(2, 5_000, 8), "verdict");

        assertThat(told().acts())
                .singleElement()
                .satisfies(act -> assertThat(act.fact()).isEqualTo(FACT));
    }

    @Test
    void saysThatTheLedgerIsOff() {
        WakeHistory.Told told = new WakeHistory(hand.redis, new LedgerSwitchProperties(false))
                .of(hand.namespace, List.of(FACT), List.of());

        assertThat(told.missing()).singleElement().asString().startsWith("the ledger is off");
    }

    @Test
    void saysWhatCannotBeFoundInALedgerOfBefore() {
        note("agent", FACT, "delivery");
        hand.takeAll("agent");
        hand.redis.hdel(new LedgerKeys(hand.namespace).head(), "indexed");
        hand.redis.del(new LedgerKeys(hand.namespace).acts() + FACT);

        assertThat(told().missing()).singleElement().asString().startsWith("what the ledger took before ");
        note("agent", FACT, "verdict");
        hand.takeAll("agent");
        assertThat(kinds(told())).containsExactly("verdict");
        assertThat(told().missing()).hasSize(1);
    }

    @Test
    void saysHowManyActsItDoesNotLookAt() {
        note("agent", FACT, Collections.nCopies(10_001, "delivery"));
        assertThat(history.of(hand.namespace, List.of(FACT), List.of("agent", "other", "another"))
                        .missing())
                .containsExactly(
                        "of what the ledger has not taken yet of agent only the oldest 6666 acts are looked at");

        hand.takeAll("agent");

        assertThat(told().missing()).containsExactly("of " + FACT + " only the first 10000 acts are known");
    }

    @Test
    void saysWhatWasNotRecordedBecauseTooMuchWaited() {
        String meta = RedisKeys.subscription(hand.namespace, "agent", "meta");
        hand.redis.hset(meta, "untold", "3");
        assertThat(told().missing()).containsExactly("3 acts of agent are not recorded");
        hand.redis.hdel(meta, "untold");
        hand.redis.rpush(
                RedisKeys.subscription(hand.namespace, "agent", "trail"),
                "1-1|{\"kind\":\"gap\",\"at\":6000,\"untold\":3}");
        hand.takeAll("agent");

        assertThat(told().missing()).containsExactly("3 acts of agent before 1970-01-01T00:00:06Z were not recorded");
        assertThat(history.of(hand.namespace, List.of(new FactId(2, 6_001, 0)), List.of("agent"))
                        .missing())
                .isEmpty();
        assertThat(history.of(hand.namespace, List.of(FACT), List.of("other")).missing())
                .isEmpty();
    }

    private WakeHistory.Told told() {
        return history.of(hand.namespace, List.of(FACT), List.of("agent"));
    }

    private static List<String> kinds(WakeHistory.Told told) {
        return told.acts().stream().map(WakeAct::kind).toList();
    }

    private void note(String subscription, FactId fact, String kind) {
        note(subscription, fact, List.of(kind));
    }

    /** Notes acts as the functions do that carry out what happens to wakes. */
    private void note(String subscription, FactId fact, List<String> kinds) {
        String wake = String.format("%d-%d-%08d.3", fact.shard(), fact.milliseconds(), fact.sequence());
        hand.redis.rpush(
                RedisKeys.subscription(hand.namespace, subscription, "trail"),
                kinds.stream()
                        .map(kind -> "1-" + ++acts + "|{\"kind\":\"" + kind + "\",\"wake\":\"" + wake
                                + "\",\"at\":6000,\"attempt\":1}")
                        .toArray(String[]::new));
    }
}
