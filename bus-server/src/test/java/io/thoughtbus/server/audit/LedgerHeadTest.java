package io.thoughtbus.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.JournalInHand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.StreamEntryID;

class LedgerHeadTest {
    @TempDir
    private Path keys;

    private LedgerInHand hand;

    @BeforeEach
    void begin() {
        hand = new LedgerInHand(keys);
    }

    @Test
    void ofANewLedgerNothingWasTaken() {
        LedgerHead head = hand.ledger.head(hand.namespace, List.of("facts:0", "trail/agent"));

        assertThat(head.size()).isZero();
        assertThat(head.peaks()).isEmpty();
        assertThat(head.stream("facts:0")).isEqualTo(new StreamEntryID(0, 0));
        assertThat(head.trail("trail/agent")).isEqualTo("0-0");
    }

    @Test
    void tellsOfTheSourcesThatWereAskedForAlone() {
        JournalInHand.append(hand.namespace, new FactId(0, 1_000, 7), FactDraft.of("disk full"));
        hand.trail.note(hand.namespace, "settings", "all", Map.of());
        hand.takeAll();

        LedgerHead head = hand.ledger.head(hand.namespace, List.of("facts:0", "facts:1"));

        assertThat(head.size()).isEqualTo(2);
        assertThat(head.indexed()).isZero();
        assertThat(head.cursors()).containsOnly(Map.entry("facts:0", "1000-7"), Map.entry("facts:1", "0-0"));
        assertThatThrownBy(() -> head.trail("trail")).hasMessage("the cursor of trail was not asked for");
    }
}
