package io.thoughtbus.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.redis.LedgerSwitchProperties;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerGateTest {
    private static final FactId FACT = new FactId(1, 1_000, 7);

    @TempDir
    private Path keys;

    private LedgerInHand hand;

    @BeforeEach
    void begin() {
        hand = new LedgerInHand(keys);
    }

    @Test
    void letsAFactPassOnceItIsALeaf() {
        LedgerGate gate = new LedgerGate(hand.ledger, new LedgerSwitchProperties(true));
        JournalInHand.append(hand.namespace, FACT, FactDraft.of("disk full"));

        assertThat(gate.isPassed(hand.namespace, FACT)).isFalse();
        hand.takeAll();

        assertThat(gate.isPassed(hand.namespace, FACT)).isTrue();
        assertThat(gate.isPassed(hand.namespace, new FactId(1, 1_000, 8))).isFalse();
        assertThat(gate.isPassed(hand.namespace, new FactId(2, 1_000, 7))).isFalse();
    }

    @Test
    void isOpenWhereThereIsNoLedger() {
        LedgerGate gate = new LedgerGate(hand.ledger, new LedgerSwitchProperties(false));

        assertThat(gate.isPassed(hand.namespace, FACT)).isTrue();
    }
}
