package io.thoughtbus.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thoughtbus.ledger.ExportSummary;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.LedgerSwitchProperties;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.retention.UntakenEntries;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

class LedgerWriterTest {
    @TempDir
    private Path keys;

    private LedgerInHand hand;

    @BeforeEach
    void begin() {
        hand = new LedgerInHand(keys);
    }

    @Test
    void takesFactsMatchesAndActsEachOnce() {
        publish(700);
        record(300);
        hand.trail.note(hand.namespace, "settings", "all", Map.of("ttl", "PT1H"));

        hand.takeAll();
        hand.takeAll();

        assertThat(hand.size()).isEqualTo(702);
        assertThat(hand.records()).hasSize(702).allMatch(line -> line.contains("\"record\":"));
        assertThat(hand.records().stream().filter(line -> line.contains("\"kind\":\"matches\"")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("[\"agent\",7,1,0.5,0.4]"));
        assertThat(hand.records().stream().filter(line -> line.contains("\"kind\":\"settings\"")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"act\":{\"ttl\":\"PT1H\"}"));
        ExportSummary summary = hand.verify(hand.exported(), hand.checkpoints.make(hand.namespace));
        assertThat(summary.records()).isEqualTo(702);
        assertThat(summary.withheld()).isZero();
    }

    @Test
    void aServerThatDiesBeforeItAppendsHasTakenNothing() {
        publish(10);
        hand.trail.note(hand.namespace, "settings", "all", Map.of());

        hand.writer.read(hand.namespace, List.of());
        hand.takeAll();

        assertThat(hand.size()).isEqualTo(11);
    }

    @Test
    void aServerThatDiesBeforeItEmptiesTheTrailsDoublesNothing() {
        publish(10);
        hand.trail.note(hand.namespace, "settings", "all", Map.of());

        hand.writer.append(hand.writer.read(hand.namespace, List.of()));
        hand.takeAll();

        assertThat(hand.size()).isEqualTo(11);
        assertThat(hand.redis.exists(LedgerKeys.trail(hand.namespace))).isFalse();
    }

    @Test
    void ofTwoServersThatAppendTheSameOneIsRefused() {
        publish(10);
        LedgerWriter.Step mine = hand.writer.read(hand.namespace, List.of());
        LedgerWriter.Step theirs = hand.writer.read(hand.namespace, List.of());

        hand.writer.append(theirs);

        assertThatThrownBy(() -> hand.writer.append(mine)).hasMessageStartingWith("FENCED");
        hand.takeAll();
        assertThat(hand.size()).isEqualTo(10);
        assertThat(hand.verify(hand.exported(), hand.checkpoints.make(hand.namespace))
                        .records())
                .isEqualTo(10);
    }

    @Test
    void actsNotedAfterTheTrailWasReadAreNotDropped() {
        hand.trail.note(hand.namespace, "first", "1", Map.of());
        LedgerWriter.Step step = hand.writer.read(hand.namespace, List.of());
        hand.trail.note(hand.namespace, "second", "2", Map.of());

        hand.writer.append(step);
        hand.writer.drain(step);
        hand.takeAll();

        assertThat(hand.records()).hasSize(2);
        assertThat(hand.records().get(1)).contains("\"kind\":\"second\"");
    }

    @Test
    void anActWithTheMarkOfTheLastOneIsNotNotedAgain() {
        hand.trail.noteOnce(hand.namespace, "subscription", "agent", "7", Map.of());
        hand.trail.noteOnce(hand.namespace, "subscription", "agent", "7", Map.of());
        hand.trail.noteOnce(hand.namespace, "subscription", "agent", "8", Map.of());

        hand.takeAll();

        assertThat(hand.size()).isEqualTo(2);
    }

    @Test
    void aLargeActEntersByItsHash() {
        hand.trail.note(hand.namespace, "settings", "all", Map.of("text", "x".repeat(70_000)));

        hand.takeAll();

        assertThat(hand.records())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"sha256\":").hasSizeLessThan(1_000));
    }

    @Test
    void howManyActsFoundNoRoomIsRecordedWhenThereIsSome() {
        String trail = LedgerKeys.trail(hand.namespace);
        hand.redis.rpush(trail, Collections.nCopies(100_000, "0-0|{}").toArray(String[]::new));
        hand.trail.note(hand.namespace, "first", "1", Map.of());
        hand.trail.note(hand.namespace, "second", "2", Map.of());
        hand.redis.del(trail);

        hand.trail.note(hand.namespace, "third", "3", Map.of());
        hand.takeAll();

        assertThat(hand.records()).hasSize(2);
        assertThat(hand.records().get(0)).contains("\"kind\":\"gap\"", "\"untold\":2");
        assertThat(hand.records().get(1)).contains("\"kind\":\"third\"");
    }

    @Test
    void whatTheJournalLostIsWithheldAndTheProofsHold() {
        publish(300);
        hand.takeAll();
        Checkpoints.Kept before = hand.checkpoints.make(hand.namespace);

        hand.redis.xdel(facts(), new StreamEntryID(1_000, 7));

        ExportSummary summary = hand.verify(hand.exported(), before);
        assertThat(summary.withheld()).isEqualTo(1);
        assertThat(hand.exported()).noneMatch(line -> line.contains("the text of fact 7\""));
    }

    @Test
    void anExportIsTheSameTwice() {
        publish(600);
        hand.takeAll();

        List<String> whole = hand.exported();

        assertThat(hand.exported()).isEqualTo(whole);
        assertThat(hand.verify(hand.exported(100, 400, 600), hand.checkpoints.make(hand.namespace))
                        .records())
                .isEqualTo(300);
    }

    @Test
    void theLeafOfAFactIsFound() {
        publish(400);
        hand.takeAll();

        assertThat(hand.ledger.leafOf(hand.namespace, new FactId(0, 1_000, 333)))
                .hasValue(333);
        assertThat(hand.ledger.leafOf(hand.namespace, new FactId(0, 1_000, 400)))
                .isEmpty();
    }

    @Test
    void factsThatTheLedgerDoesNotHaveAreNeeded() {
        publish(3);
        LedgerNeed need = new LedgerNeed(
                new UntakenEntries(hand.redis), hand.ledger, new Shards(4), new LedgerSwitchProperties(true));
        hand.redis.hset(RedisKeys.shard(hand.namespace, 0, "dispatch"), "cursor", "1000-2");

        assertThat(need.oldest(hand.namespace)).containsEntry(0, new StreamEntryID(0, 0));
        hand.takeAll();
        assertThat(need.oldest(hand.namespace)).containsEntry(0, new StreamEntryID(1_000, 2));
        record(1);
        assertThat(need.oldest(hand.namespace)).containsEntry(0, new StreamEntryID(1_000, 1));
    }

    @Test
    void recordsLeaveAfterAWhileAndTheirHashesStay() {
        publish(20);
        hand.trail.note(hand.namespace, "settings", "all", Map.of());
        hand.takeAll();
        Checkpoints.Kept checkpoint = hand.checkpoints.make(hand.namespace);

        hand.ledger.trim(hand.namespace, 4, Instant.now().plusSeconds(60).toEpochMilli());

        assertThat(hand.verify(hand.exported(), checkpoint).withheld()).isEqualTo(21);
    }

    @Test
    void recordsLeaveUpToTheFirstThatIsYoung() {
        for (int leaf = 1; leaf <= 2_500; leaf++) {
            hand.redis.xadd(
                    records(),
                    Map.of("t", leaf <= 2_100 ? "1000" : "2000"),
                    XAddParams.xAddParams().id(new StreamEntryID(leaf, 0)));
        }

        hand.ledger.trim(hand.namespace, 4, 1_000);
        assertThat(hand.redis.xlen(records())).isEqualTo(2_500);
        hand.ledger.trim(hand.namespace, 4, 2_000);

        assertThat(hand.redis.xlen(records())).isEqualTo(400);
        assertThat(hand.redis.xinfoStream(records()).getFirstEntry().getID()).isEqualTo(new StreamEntryID(2_101, 0));
    }

    @Test
    void manyTrailsAreEmptiedTogether() {
        List<String> subscriptions =
                IntStream.range(0, 5).mapToObj(i -> "agent-" + i).toList();
        subscriptions.forEach(id -> hand.redis.rpush(
                LedgerKeys.trail(hand.namespace, id), "1-1|{\"kind\":\"delivery\",\"wake\":\"\",\"at\":6000}"));

        hand.takeAll(subscriptions.toArray(String[]::new));

        assertThat(hand.size()).isEqualTo(5);
        assertThat(subscriptions).noneMatch(id -> hand.redis.exists(LedgerKeys.trail(hand.namespace, id)));
    }

    private String records() {
        return new LedgerKeys(hand.namespace).records();
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            JournalInHand.append(hand.namespace, new FactId(0, 1_000, i), FactDraft.of("the text of fact " + i));
        }
    }

    private void record(int sequence) {
        hand.redis.xadd(
                RedisKeys.shard(hand.namespace, 0, "matches"),
                Map.of("m", "[[\"agent\",7,1,0.5,0.4]]"),
                XAddParams.xAddParams().id(new StreamEntryID(1_000, sequence)));
    }

    private String facts() {
        return RedisKeys.shard(hand.namespace, 0, "facts");
    }
}
