package io.thoughtbus.server.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.audit.LedgerInHand;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.journal.LostEntriesException;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.retention.UntakenEntries;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.StreamEntryID;

class ArchiveTest {
    @TempDir
    private Path keys;

    @TempDir
    private Path directory;

    private ArchiveInHand hand;

    @BeforeEach
    void begin() {
        hand = new ArchiveInHand(keys, directory);
    }

    @Test
    void theArchiveHoldsWhatRedisHeldAndIsVerified() {
        hand.publish(700);
        hand.sealAll();
        hand.publish(50);
        hand.sealAll();

        assertThat(hand.archived()).isEqualTo(hand.held());
        assertThat(hand.segments.names(hand.namespace)).hasSize(2);
        assertThat(findings()).hasSize(2).allMatch(SegmentCheck.Finding::intact);
    }

    @Test
    void whatHasLeftRedisIsReadFromTheArchiveInTheSameOrder() {
        hand.publish(700);
        List<FactId> before = read();
        List<String> exported = hand.ledger.exported(hand.journal);
        hand.sealAll();

        hand.trim(ArchiveInHand.fact(500));

        assertThat(hand.held()).hasSizeLessThan(300);
        assertThat(read()).isEqualTo(before);
        assertThat(hand.ledger.exported(hand.journal)).isEqualTo(exported);
        assertThat(hand.journal.wholeFrom(hand.namespace, 0)).isEmpty();
        assertThat(hand.journal.find(hand.namespace, ArchiveInHand.fact(3)).map(StoredFact::id))
                .hasValue(ArchiveInHand.fact(3));
    }

    @Test
    void factsThatWereGoneBeforeTheyCouldBeArchivedAreToldOf() {
        hand.publish(100);
        hand.trim(ArchiveInHand.fact(40));
        FactId whole = hand.journal.wholeFrom(hand.namespace, 0).orElseThrow();

        hand.sealAll();
        hand.publish(50);
        hand.sealAll();
        hand.trim(ArchiveInHand.fact(120));

        assertThat(hand.journal.wholeFrom(hand.namespace, 0)).hasValue(whole);
        assertThat(read().get(0)).isEqualTo(ArchiveInHand.fact(40));
        assertThat(findings()).allMatch(SegmentCheck.Finding::intact);
    }

    @Test
    void whatAnotherServerHasArchivedAndTrimmedMeanwhileIsRead() {
        hand.publish(100);
        hand.sealAll();
        ArchiveInHand other = hand.restarted(store -> store);
        assertThat(other.segments.names(hand.namespace)).hasSize(1);

        hand.publish(100);
        hand.sealAll();
        hand.trim(ArchiveInHand.fact(200));

        assertThat(other.journal.range(hand.namespace, 0, "-", "+", 1_000)).hasSize(50);
        assertThat(other.journal.wholeFrom(hand.namespace, 0)).isEmpty();
        assertThat(other.journal.find(hand.namespace, ArchiveInHand.fact(190))).isPresent();
    }

    @Test
    void nothingMayLeaveTheJournalThatIsNotArchived() {
        ArchiveNeed need = new ArchiveNeed(hand.segments, new UntakenEntries(hand.redis), new Shards(4));
        hand.publish(40);
        assertThat(need.oldest(hand.namespace)).containsEntry(0, new StreamEntryID(0, 0));

        hand.sealAll();
        hand.publish(40);

        FactId last = ArchiveInHand.fact(36);
        assertThat(need.oldest(hand.namespace))
                .containsEntry(0, new StreamEntryID(last.milliseconds(), last.sequence()));
    }

    @Test
    void anErasedFactIsInNoFileAndTheSegmentIsVerifiedAllTheSame() throws IOException {
        hand.publish(300);
        hand.sealAll();
        hand.trim(ArchiveInHand.fact(304));
        List<FactId> gone = List.of(ArchiveInHand.fact(5), ArchiveInHand.fact(6), ArchiveInHand.fact(299));

        hand.erasure.erase(hand.namespace, gone);
        hand.erasure.erase(hand.namespace, gone);

        assertThat(read()).hasSize(297).doesNotContainAnyElementsOf(gone);
        assertThat(files()).containsExactly("000000000000000.000001.tbs");
        assertThat(findings()).singleElement().matches(SegmentCheck.Finding::intact);
        assertThat(hand.archived().stream().filter(entry -> entry.startsWith("matches")))
                .hasSize(100);
    }

    @Test
    void aFactThatWasErasedWhileItsSegmentWasWrittenIsTakenOutOfIt() {
        hand.publish(20);
        FactId gone = ArchiveInHand.fact(7);
        ArchiveInHand racing = hand.restarted(store -> new FaultyStore(store) {
            @Override
            public boolean create(String namespace, SegmentName name, byte[] content) {
                if (name.generation() == 0) {
                    JournalInHand.erased(hand.redis).erase(namespace, List.of(gone));
                    hand.erasure.erase(namespace, List.of(gone));
                }
                return super.create(namespace, name, content);
            }
        });

        racing.sealAll();

        hand.segments.changed(hand.namespace);
        assertThat(hand.archived()).hasSize(19 + 7).isEqualTo(hand.held());
    }

    @Test
    void aCrashBetweenAnyTwoStepsLeavesNothingHalfDone() {
        hand.publish(300);
        List<String> held = hand.held();
        int failures = 0;
        boolean done = false;
        while (!done) {
            try {
                hand.restarted(new FaultyStore.Failing(failures)).sealAll();
                done = true;
            } catch (ArchiveUnavailableException e) {
                failures++;
            }
        }

        assertThat(failures).isGreaterThan(2);
        hand.segments.changed(hand.namespace);
        assertThat(hand.archived()).isEqualTo(held);
        assertThat(findings()).allMatch(SegmentCheck.Finding::intact);
        FactId gone = ArchiveInHand.fact(9);
        JournalInHand.erased(hand.redis).erase(hand.namespace, List.of(gone));
        failures = 0;
        done = false;
        while (!done) {
            try {
                hand.restarted(new FaultyStore.Failing(failures)).erasure.erase(hand.namespace, List.of(gone));
                done = true;
            } catch (ArchiveUnavailableException e) {
                failures++;
            }
        }
        assertThat(failures).isGreaterThan(3);
        hand.segments.changed(hand.namespace);
        assertThat(hand.archived()).isEqualTo(hand.held());
        assertThat(hand.store.list(hand.namespace)).hasSize(1);
    }

    @Test
    void twoServersThatArchiveTheSameWriteItOnce() {
        hand.publish(100);
        ArchiveInHand other = hand.restarted(store -> store);
        ArchiveInHand slow = hand.restarted(store -> new FaultyStore(store) {
            @Override
            public boolean create(String namespace, SegmentName name, byte[] content) {
                other.sealAll();
                return super.create(namespace, name, content);
            }
        });

        slow.sealAll();

        assertThat(slow.archived()).isEqualTo(hand.held());
        assertThat(hand.store.list(hand.namespace)).hasSize(1);
    }

    @Test
    void everyByteThatWasAlteredIsFoundAndTheRestIsReadAllTheSame() throws IOException {
        hand.publish(1_000);
        hand.sealAll();
        hand.publish(60);
        hand.sealAll();
        hand.trim(ArchiveInHand.fact(1_060));
        Path file = directory.resolve(hand.namespace).resolve(files().get(0));
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 197) {
            byte[] altered = whole.clone();
            altered[at] ^= 4;
            Files.write(file, altered);
            ArchiveInHand fresh = hand.restarted(store -> store);

            SegmentCheck.Finding found = fresh.check.verify(hand.namespace, 0);
            assertThat(found.intact()).as("byte %d", at).isFalse();
            assertThat(found.damage()).isNotEmpty();
        }
        whole[40] ^= 4;
        Files.write(file, whole);
        ArchiveInHand fresh = hand.restarted(store -> store);

        assertThat(fresh.check.verify(hand.namespace, 0).damage()).startsWith("block 0 ");
        assertThat(fresh.check.verify(hand.namespace, names(fresh).get(1)).intact())
                .isTrue();
        assertThatThrownBy(() -> fresh.journal.find(hand.namespace, ArchiveInHand.fact(0)))
                .isInstanceOf(LostEntriesException.class)
                .hasMessageContaining("000000000000000.000000.tbs");
        assertThat(fresh.journal.find(hand.namespace, ArchiveInHand.fact(990))).isPresent();
        assertThat(fresh.journal.find(hand.namespace, ArchiveInHand.fact(1_059)))
                .isPresent();
    }

    @Test
    void aFileThatWasCutIsNamedAndTheOthersAreRead() throws IOException {
        hand.publish(100);
        hand.sealAll();
        hand.publish(100);
        hand.sealAll();
        Path file = directory.resolve(hand.namespace).resolve(files().get(1));
        byte[] whole = Files.readAllBytes(file);
        for (int length : List.of(0, 1, 43, 44, 100, whole.length - 1)) {
            Files.write(file, Arrays.copyOf(whole, length));
            ArchiveInHand fresh = hand.restarted(store -> store);
            List<Long> names = names(fresh);

            assertThat(fresh.check.verify(hand.namespace, names.get(1)).intact())
                    .isFalse();
            assertThat(fresh.check.verify(hand.namespace, names.get(0)).intact())
                    .isTrue();
        }
    }

    @Test
    void factsOfOtherSegmentsAreReadWhicheverSegmentCannotBe() throws IOException {
        for (int i = 0; i < 7; i++) {
            hand.publish(40);
            hand.sealAll();
        }
        hand.trim(ArchiveInHand.fact(280));
        for (int damaged = 0; damaged < 7; damaged++) {
            Path file = directory.resolve(hand.namespace).resolve(files().get(damaged));
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length - 1));
            ArchiveInHand fresh = hand.restarted(store -> store);
            for (int number = 0; number < 280; number++) {
                FactId fact = ArchiveInHand.fact(number);
                if (number / 40 == damaged) {
                    assertThatThrownBy(() -> fresh.journal.find(hand.namespace, fact))
                            .isInstanceOf(LostEntriesException.class);
                } else {
                    assertThat(fresh.journal.find(hand.namespace, fact)).isPresent();
                }
            }
            Files.write(file, whole);
        }
    }

    @Test
    void whatTheJournalHeldOtherwiseThanTheLedgerIsNamed() {
        hand.publish(10);
        FactId altered = ArchiveInHand.fact(4);
        hand.redis.del(RedisKeys.shard(hand.namespace, 0, "facts"));
        JournalInHand.append(hand.namespace, altered, FactDraft.of("the parcel is early"));

        hand.sealAll();

        assertThat(findings())
                .singleElement()
                .satisfies(found ->
                        assertThat(found.damage()).contains("of facts 0-1000-1, was not what the ledger had recorded"));
    }

    @Test
    void aLedgerThatIsNotTheArchivedOneIsRefused() {
        hand.publish(50);
        hand.sealAll();
        LedgerInHand another = new LedgerInHand(keys);
        SegmentStore moved = new FaultyStore(hand.store) {
            @Override
            protected String of(String namespace) {
                return hand.namespace;
            }
        };
        ArchiveInHand foreign = new ArchiveInHand(another, moved);
        foreign.publish(80);

        assertThatThrownBy(foreign::sealAll).isInstanceOf(ForeignArchiveException.class);
    }

    @Test
    void onAFullDiskNothingIsArchivedAndNothingMayLeaveTheJournal() throws IOException {
        try (FileSystem full = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setMaxSize(64 * 1024)
                .setBlockSize(1024)
                .setSupportedFeatures(Feature.LINKS, Feature.FILE_CHANNEL)
                .build())) {
            ArchiveInHand filled =
                    new ArchiveInHand(hand.ledger, new DirectoryStore(full.getPath("/archive"), Clock.systemUTC()));
            filled.publish(3_000);
            ArchiveStatus status = new ArchiveStatus(Clock.systemUTC());

            ArchiveUnavailableException refused =
                    catchThrowableOfType(ArchiveUnavailableException.class, filled::sealAll);
            status.failed(hand.namespace, refused);

            assertThat(refused).hasMessageContaining("cannot be written in /archive");
            assertThat(status.stuck().toString()).contains(hand.namespace, "out of disk space");
            assertThat(filled.store.list(hand.namespace)).isEmpty();
            assertThat(new ArchiveNeed(filled.segments, new UntakenEntries(hand.redis), new Shards(4))
                            .oldest(hand.namespace))
                    .isEqualTo(Map.of(
                            0, new StreamEntryID(0, 0),
                            1, new StreamEntryID(0, 0),
                            2, new StreamEntryID(0, 0),
                            3, new StreamEntryID(0, 0)));
        }
    }

    private List<FactId> read() {
        List<FactId> all = new ArrayList<>();
        for (int shard = 0; shard < 4; shard++) {
            String start = "-";
            List<StoredFact> some;
            do {
                some = hand.journal.range(hand.namespace, shard, start, "+", 37);
                for (StoredFact fact : some) {
                    all.add(fact.id());
                    start = "(" + fact.id().milliseconds() + "-" + fact.id().sequence();
                }
            } while (!some.isEmpty());
        }
        return all;
    }

    private List<SegmentCheck.Finding> findings() {
        return names(hand).stream()
                .map(from -> hand.check.verify(hand.namespace, from))
                .toList();
    }

    private List<Long> names(ArchiveInHand archive) {
        return List.copyOf(archive.segments.names(hand.namespace).keySet());
    }

    private List<String> files() throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(directory.resolve(hand.namespace))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
