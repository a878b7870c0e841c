package io.thoughtbus.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thoughtbus.ledger.Checkpoint;
import io.thoughtbus.ledger.ConsistencyProof;
import io.thoughtbus.ledger.GrowingTree;
import io.thoughtbus.ledger.Hash;
import io.thoughtbus.ledger.KeyDirectory;
import io.thoughtbus.ledger.Proof;
import io.thoughtbus.ledger.PublicKey;
import io.thoughtbus.ledger.SignedNote;
import io.thoughtbus.ledger.Tile;
import io.thoughtbus.server.web.ProblemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.StreamEntryID;

class CheckpointsTest {
    @TempDir
    private Path keys;

    private LedgerInHand hand;

    @BeforeEach
    void begin() {
        hand = new LedgerInHand(keys);
    }

    @Test
    void aCheckpointIsSignedOnceForEachSize() {
        grow(3);

        Checkpoints.Kept first = hand.checkpoints.make(hand.namespace);
        Checkpoints.Kept again = hand.checkpoints.make(hand.namespace);
        grow(2);
        Checkpoints.Kept next = hand.checkpoints.make(hand.namespace);

        assertThat(again).isEqualTo(first);
        assertThat(next.size()).isEqualTo(5);
        assertThat(hand.checkpoints.list(hand.namespace, "0-0", 10)).containsExactly(first, next);
    }

    @Test
    void aNewerCheckpointContinuesAnOlderOne() {
        grow(300);
        Checkpoint older = hand.open(hand.checkpoints.make(hand.namespace));
        grow(300);
        Checkpoint newer = hand.open(hand.checkpoints.make(hand.namespace));

        ConsistencyProof proof = new ConsistencyProof(
                300,
                600,
                Proof.consistency(300, 600, hand.ledger.nodes(hand.namespace)).stream()
                        .map(Hash::toString)
                        .toList());

        assertThat(proof.holds(older, newer)).isTrue();
    }

    @Test
    void aServerThatDiesBeforeItsCheckpointIsKeptSignsTheSameAgain() {
        grow(5);
        LedgerHead head = hand.ledger.head(hand.namespace);
        Checkpoint lost = new Checkpoint(
                hand.signers.origin(hand.namespace),
                head.size(),
                GrowingTree.of(head.size(), head.peaks()).root());
        new Witness(keys).remember(hand.namespace, lost.sign(hand.signers.signers()));

        assertThat(hand.open(hand.checkpoints.make(hand.namespace))).isEqualTo(lost);
        assertThat(hand.checkpoints.list(hand.namespace, "0-0", 10)).hasSize(1);
    }

    @Test
    void aLedgerThatWasPutBackIsNotSigned() {
        grow(5);
        hand.checkpoints.make(hand.namespace);
        forgetInRedis();
        grow(2);

        assertThatThrownBy(() -> hand.checkpoints.make(hand.namespace))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("has 2 leaves and had 5 when it was signed");
    }

    @Test
    void aLedgerThatWasPutBackWithItsCheckpointIsNotSignedEither() {
        String head = new LedgerKeys(hand.namespace).head();
        grow(5);
        Checkpoints.Kept before = hand.checkpoints.make(hand.namespace);
        Map<String, String> then = hand.redis.hgetAll(head);
        grow(2);
        Checkpoints.Kept after = hand.checkpoints.make(hand.namespace);
        hand.redis.hset(head, then);
        hand.redis.xdel(new LedgerKeys(hand.namespace).checkpoints(), new StreamEntryID(after.id()));

        assertThat(hand.checkpoints.newest(hand.namespace)).contains(before);
        assertThatThrownBy(() -> hand.checkpoints.make(hand.namespace))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("has 5 leaves and had 7 when it was signed");
    }

    @Test
    void aLedgerWithAnotherPastIsNotSigned() {
        grow(5);
        hand.checkpoints.make(hand.namespace);
        forgetInRedis();
        grow(7);

        assertThatThrownBy(() -> hand.checkpoints.make(hand.namespace))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the first 5 leaves");
    }

    @Test
    void aTileThatWasAlteredIsNotSigned() {
        grow(5);
        String tile = new LedgerKeys(hand.namespace).tile(new Tile(0, 0));
        hand.redis.setrange(tile, 40, "x");

        assertThatThrownBy(() -> hand.checkpoints.make(hand.namespace))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("was altered");
    }

    @Test
    void aServerWithOtherKeysSignsNothing(@TempDir Path others) {
        new LedgerInHand(keys, "shared").signers.signers();
        LedgerInHand stranger = new LedgerInHand(others, "shared");

        assertThatThrownBy(() -> stranger.checkpoints.make(hand.namespace))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("signed by a key that is not in " + others);
    }

    @Test
    void aKeyThatTakesOverIsRecordedOnceAndTheOneBeforeItSignsBesideIt() {
        grow(3);
        Checkpoints.Kept before = hand.checkpoints.make(hand.namespace);

        new KeyDirectory(keys, Clock.systemUTC()).rotate();
        grow(1);
        Checkpoints.Kept after = hand.checkpoints.make(hand.namespace);
        hand.takeAll();

        assertThat(hand.records()).hasSize(5);
        String old = hand.signers.validity(hand.namespace).get(0).key();
        String fresh = hand.signers.validity(hand.namespace).get(1).key();
        assertThat(hand.records().get(4))
                .contains("\"kind\":\"key\"", "\"before\":\"" + old + "\"", "\"key\":\"" + fresh + "\"");
        assertThat(SignedNote.parse(before.note()).signatures()).hasSize(1);
        for (String key : List.of(old, fresh)) {
            assertThat(Checkpoint.open(after.note(), List.of(PublicKey.parse(key)))
                            .size())
                    .isEqualTo(4);
        }
    }

    @Test
    void oldCheckpointsGrowSparseAndStayBounded() {
        String key = new LedgerKeys(hand.namespace).checkpoints();
        for (int i = 1; i <= 1_000; i++) {
            hand.redis.xadd(key, new StreamEntryID(i, 0), Map.of("z", "0", "n", "note"));
        }
        grow(1);

        hand.checkpoints.make(hand.namespace);

        assertThat(hand.redis.xlen(key)).isEqualTo(751);
        assertThat(hand.checkpoints.newest(hand.namespace)).isPresent();
    }

    private void grow(int leaves) {
        for (int i = 0; i < leaves; i++) {
            hand.trail.note(hand.namespace, "settings", "all", Map.of("n", i));
        }
        hand.takeAll();
    }

    private void forgetInRedis() {
        LedgerKeys keysInRedis = new LedgerKeys(hand.namespace);
        hand.redis.del(
                keysInRedis.head(), keysInRedis.records(), keysInRedis.checkpoints(), keysInRedis.tile(new Tile(0, 0)));
    }
}
