package io.thoughtbus.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.Stored;
import io.thoughtbus.server.journal.FactPublisher.AdmittedDraft;
import io.thoughtbus.server.redis.GroupCommit;
import io.thoughtbus.server.redis.RedisClients;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.TestRedis;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class RedisFactWriterTest {
    private final String namespace = BusTest.Fresh.namespace();
    private final GroupCommit commits = RedisInHand.commits(TestRedis.address());
    private final ExecutorService threads = Executors.newFixedThreadPool(32);

    @AfterEach
    void close() {
        threads.shutdownNow();
        commits.close();
    }

    @Test
    void needsNoSecondConnectionWhileItHoldsOne() {
        try (RedisClient single = new RedisClients(TestRedis.address()).shared(1)) {
            RedisFactWriter writer = JournalInHand.writer(single, commits);

            assertThat(writer.write(namespace, facts("a parcel is late"), Durability.ACCEPTED))
                    .allMatch(Published.class::isInstance);
        }
    }

    @Test
    void answersEachOfThoseWhoWriteTogether() {
        RedisFactWriter writer = JournalInHand.writer(RedisInHand.client(), commits);

        List<CompletableFuture<List<Object>>> answers = IntStream.range(0, 200)
                .mapToObj(publisher -> CompletableFuture.supplyAsync(
                        () -> writer.write(
                                namespace,
                                Stream.of(
                                                FactDraft.of("first of " + publisher),
                                                FactDraft.of("shared").withKey("key-" + publisher % 10),
                                                FactDraft.of("last of " + publisher))
                                        .map(JournalInHand::embedded)
                                        .toList(),
                                Durability.ACCEPTED),
                        threads))
                .toList();

        for (int publisher = 0; publisher < 200; publisher++) {
            assertThat(texts(answers.get(publisher).join()))
                    .containsExactly("first of " + publisher, "shared", "last of " + publisher);
        }
        List<Published> shared =
                answers.stream().map(three -> (Published) three.join().get(1)).toList();
        assertThat(shared).filteredOn(fact -> !fact.duplicate()).hasSize(10);
        assertThat(shared.stream().map(Published::id).distinct()).hasSize(10);
    }

    @Test
    void refusesWithoutWritingWhenTooManyWaitForTheDisk() {
        RedisFactWriter writer = JournalInHand.writer(RedisInHand.client(), commits);
        assertThat(Stream.generate(commits::enter).takeWhile(entered -> entered))
                .isNotEmpty();

        assertThatThrownBy(() -> writer.write(namespace, facts("a parcel is late"), Durability.FSYNCED))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.type()).isEqualTo(ProblemType.DURABILITY_BUSY));
        assertThat(writer.write(namespace, facts("a parcel is lost"), Durability.ACCEPTED))
                .allMatch(Published.class::isInstance);
        assertThat(Stored.keys("tb:{" + namespace + "/*}:facts")).hasSize(1);
    }

    private static List<AdmittedDraft> facts(String text) {
        return List.of(JournalInHand.embedded(FactDraft.of(text)));
    }

    private List<String> texts(List<Object> answers) {
        List<FactId> ids =
                answers.stream().map(answer -> ((Published) answer).id()).toList();
        return JournalInHand.journal().find(namespace, ids).stream()
                .map(found -> found.orElseThrow().fact().text())
                .toList();
    }
}
