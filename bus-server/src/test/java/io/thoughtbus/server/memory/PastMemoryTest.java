package io.thoughtbus.server.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.PastFacts;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.erasure.ErasureInHand;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.params.XTrimParams;

class PastMemoryTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final String namespace = Fresh.namespace();
    private final PastMemory memory = new PastMemory(
            new Shards(1),
            JournalInHand.journal(),
            JournalInHand.withdrawals(),
            ErasureInHand.told(),
            new RedisTime(RedisInHand.client()));

    @RepeatedTest(10)
    void isWhatLiveMemoryWouldHaveHeldAtAnyTime(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Model model = new Model();
        long now = 1_000;
        for (int i = 0; i < 60; i++) {
            now += random.nextInt(3) * 1_000L;
            model.step(new FactId(0, now, i), random);
        }
        for (long time = 500; time < now + LONGEST.toMillis(); time += 500) {
            for (String subject : List.of("user-0", "user-1")) {
                assertThat(ids(subject, Instant.ofEpochMilli(time), 1 + random.nextInt(5)))
                        .as("%s at %s, seed %s", subject, time, repetition.getCurrentRepetition())
                        .isEqualTo(model.alive(subject, time));
            }
        }
    }

    @Test
    void saysFromWhenOnTheJournalIsWholeOnceFactsHaveLeftIt() {
        IntStream.range(1, 5).forEach(i -> append(new FactId(0, i * 1_000L, 0), "user-0"));
        assertThat(page(Instant.ofEpochMilli(2_000), null, 10).wholeFrom()).isNull();

        RedisInHand.client()
                .xtrim(
                        RedisKeys.shard(namespace, 0, "facts"),
                        XTrimParams.xTrimParams().maxLen(2));

        PastFacts trimmed = page(Instant.ofEpochMilli(2_000), null, 10);
        assertThat(trimmed.facts()).isEmpty();
        assertThat(trimmed.wholeFrom()).isEqualTo(Instant.ofEpochMilli(3_000));
    }

    @Test
    void saysHowManyFactsOfTheSubjectWereErasedWithItAndTakesThemForNothingThatHasLeft() {
        IntStream.range(1, 5).forEach(i -> append(new FactId(0, i * 1_000L, 0), "user-" + i % 2));
        ErasureInHand.intend(namespace, "e", "user-0", new FactId(0, 3_000, 0));
        ErasureInHand.of(namespace, "e", RedisInHand.client(), List.of(), List.of())
                .carryOut();

        assertThat(page(Instant.ofEpochMilli(1_500), null, 10).erased()).isZero();
        assertThat(page(Instant.ofEpochMilli(4_500), null, 10).erased()).isEqualTo(1);
        assertThat(page(Instant.ofEpochMilli(4_500), null, 10).facts())
                .extracting(Fact::id)
                .containsExactly(new FactId(0, 4_000, 0));
        assertThat(page(Instant.ofEpochMilli(4_500), null, 10).wholeFrom()).isNull();
    }

    @Test
    void aPageLooksAtABoundedPartOfTheJournalAndTheNextGoesOn() {
        IntStream.range(0, 5_600).forEach(i -> append(new FactId(0, 1_000, i), "user-1"));
        append(new FactId(0, 2_000, 0), "user-0");

        PastFacts first = page(Instant.ofEpochMilli(3_000), null, 10);
        PastFacts second = page(Instant.ofEpochMilli(3_000), first.next(), 10);

        assertThat(first.facts()).isEmpty();
        assertThat(first.next()).isEqualTo(new FactId(0, 1_000, 4_999));
        assertThat(second.facts()).hasSize(1);
        assertThat(second.next()).isNull();
    }

    @Test
    void refusesTheFuture() {
        assertThatThrownBy(() -> page(Instant.now().plusSeconds(60), null, 10))
                .isInstanceOfSatisfying(
                        InvalidFieldException.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("asOf"));
    }

    private PastFacts page(Instant asOf, @Nullable FactId after, int limit) {
        return memory.asOf(namespace, "user-0", asOf, after, limit);
    }

    private List<FactId> ids(String subject, Instant asOf, int limit) {
        List<FactId> all = new ArrayList<>();
        FactId after = null;
        do {
            PastFacts page = memory.asOf(namespace, subject, asOf, after, limit);
            page.facts().forEach(fact -> all.add(fact.id()));
            after = page.next();
        } while (after != null);
        return all;
    }

    private void append(FactId id, String subject) {
        JournalInHand.append(namespace, id, FactDraft.of("in the army").about(subject));
    }

    /** Live memory as one would keep it by hand: for each fact when it begins and when it ends. */
    private final class Model {
        private final TreeMap<FactId, Life> lives = new TreeMap<>();

        void step(FactId id, Random random) {
            List<FactId> holding = lives.keySet().stream()
                    .filter(fact -> !life(fact).takenBack())
                    .toList();
            FactId old = holding.isEmpty() ? null : holding.get(random.nextInt(holding.size()));
            int what = random.nextInt(4);
            if (what == 0 && old != null) {
                JournalInHand.retract(namespace, id, old);
                lives.put(old, life(old).until(id.milliseconds()));
                return;
            }
            String subject = what == 1 && old != null ? life(old).subject() : "user-" + random.nextInt(2);
            Duration ttl = Duration.ofSeconds(1 + random.nextInt((int) LONGEST.toSeconds()));
            FactDraft draft = FactDraft.of("in the army").about(subject).withTtl(ttl);
            if (what == 1 && old != null) {
                JournalInHand.supersede(namespace, id, draft, old);
                lives.put(old, life(old).until(id.milliseconds()));
            } else {
                JournalInHand.append(namespace, id, draft);
            }
            lives.put(id, new Life(subject, id.milliseconds() + ttl.toMillis(), false));
        }

        private Life life(FactId fact) {
            return Objects.requireNonNull(lives.get(fact));
        }

        List<FactId> alive(String subject, long time) {
            return lives.entrySet().stream()
                    .filter(life -> life.getValue().subject().equals(subject))
                    .filter(life -> life.getKey().milliseconds() <= time
                            && time < life.getValue().end())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private record Life(String subject, long end, boolean takenBack) {
            Life until(long time) {
                return new Life(subject, Math.min(end, time), true);
            }
        }
    }
}
