package io.thoughtbus.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XAddParams;

/** Servers that read, append and empty trails in any order, and die in between, while facts, matches and acts come. */
class LedgerRandomTest {
    private static final int STEPS = 100;

    @TempDir
    private Path keys;

    private final List<LedgerWriter.Step> inFlight = new ArrayList<>();
    private int facts;
    private int recorded;
    private int acts;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everythingIsInTheLedgerOnce(long seed) {
        LedgerInHand hand = new LedgerInHand(keys);
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            act(hand, random);
        }
        hand.takeAll();

        assertThat(hand.size()).as("seed %d", seed).isEqualTo(facts + recorded + acts);
        assertThat(ids(hand, "fact")).doesNotHaveDuplicates().hasSize(facts);
        assertThat(ids(hand, "matches")).doesNotHaveDuplicates().hasSize(recorded);
        assertThat(ids(hand, "settings")).doesNotHaveDuplicates().hasSize(acts);
        assertThat(hand.verify(hand.exported(), hand.checkpoints.make(hand.namespace))
                        .withheld())
                .isZero();
    }

    private void act(LedgerInHand hand, Random random) {
        switch (random.nextInt(7)) {
            case 0, 1 -> publish(hand, 1 + random.nextInt(60));
            case 2 -> note(hand);
            case 3 -> inFlight.add(hand.writer.read(hand.namespace, List.of()));
            case 4 -> append(hand, random);
            case 5 -> hand.writer.advance(hand.namespace, List.of());
            default -> inFlight.clear();
        }
    }

    private void publish(LedgerInHand hand, int count) {
        for (int i = 0; i < count; i++) {
            JournalInHand.append(hand.namespace, new FactId(0, 1_000, facts), FactDraft.of("fact " + facts));
            if (facts % 3 == 0) {
                hand.redis.xadd(
                        RedisKeys.shard(hand.namespace, 0, "matches"),
                        Map.of("m", "[]"),
                        XAddParams.xAddParams().id(new StreamEntryID(1_000, facts)));
                recorded++;
            }
            facts++;
        }
    }

    private void note(LedgerInHand hand) {
        hand.trail.note(hand.namespace, "settings", Integer.toString(acts), Map.of());
        acts++;
    }

    /** One that comes too late is refused; one that is done empties the trails, or dies before. */
    private void append(LedgerInHand hand, Random random) {
        if (inFlight.isEmpty()) {
            return;
        }
        LedgerWriter.Step step = inFlight.remove(random.nextInt(inFlight.size()));
        try {
            hand.writer.append(step);
        } catch (JedisDataException e) {
            assertThat(RedisLedger.isFenced(e)).isTrue();
            return;
        }
        if (random.nextBoolean()) {
            hand.writer.drain(step);
        }
    }

    private static List<String> ids(LedgerInHand hand, String kind) {
        return hand.records().stream()
                .filter(line -> line.contains("\"kind\":\"" + kind + "\""))
                .map(line -> line.substring(line.indexOf("\"id\":"), line.indexOf("\"kind\":")))
                .toList();
    }
}
