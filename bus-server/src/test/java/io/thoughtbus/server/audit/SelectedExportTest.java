package io.thoughtbus.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thoughtbus.ledger.SelectionSummary;
import io.thoughtbus.ledger.SelectionVerifier;
import io.thoughtbus.ledger.TamperedException;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** 300 facts of ten subjects, of which every third woke, and its wake was done. */
class SelectedExportTest {
    private static final int FACTS = 300;

    @TempDir
    private Path keys;

    private LedgerInHand hand;
    private Checkpoints.Kept checkpoint;

    @BeforeEach
    void fill() {
        hand = new LedgerInHand(keys);
        for (int i = 0; i < FACTS; i++) {
            JournalInHand.append(
                    hand.namespace,
                    new FactId(0, 1_000, i),
                    FactDraft.of(i % 7 == 0 ? "the parcel is late" : "it rains in spain")
                            .about("s-" + i % 10)
                            .by("p-" + i % 2)
                            .withAttributes(Map.of("amount", i)));
            if (i % 3 == 0) {
                match(i, i % 6 == 0 ? "even" : "odd");
            }
        }
        hand.trail.note(hand.namespace, "subscription", "even", Map.of("version", 1));
        hand.trail.note(hand.namespace, "settings", hand.namespace, Map.of());
        hand.takeAll("even", "odd");
        checkpoint = hand.checkpoints.make(hand.namespace);
    }

    @Test
    void choosesWhatIsAboutFactsOfASubject() throws IOException {
        List<String> lines = chosen(null, "s-4", null, null, null);

        assertThat(verify(lines).records()).isEqualTo(30 + 10 + 10);
        assertThat(records(lines, "fact")).hasSize(30).allMatch(line -> line.contains("\"subject\":\"s-4\""));
        assertThat(records(lines, "matches")).hasSize(10);
        assertThat(records(lines, "verdict")).hasSize(10);
        assertThat(chosen(null, "s-4", null, null, null)).isEqualTo(lines);
    }

    @Test
    void choosesByPublisherFilterAndMeaningTogether() throws IOException {
        List<String> lines = chosen(null, null, "p-1", "attributes.amount < 100", "the parcel is late");

        assertThat(verify(lines).criteria())
                .containsEntry("publisher", "p-1")
                .containsEntry("filter", "attributes.amount < 100")
                .containsEntry("about", "the parcel is late")
                .containsEntry("threshold", "0.9");
        assertThat(records(lines, "fact"))
                .hasSize(7)
                .allMatch(line -> line.contains("parcel") && line.contains("\"publisher\":\"p-1\""));
    }

    @Test
    void choosesWhatConcernsASubscription() throws IOException {
        List<String> lines = chosen("even", null, null, null, null);

        assertThat(verify(lines).records()).isEqualTo(50 + 50 + 1);
        assertThat(records(lines, "subscription")).hasSize(1);
        assertThat(records(lines, "matches")).hasSize(50).allMatch(line -> line.contains("\"even\""));
        assertThat(records(chosen("even", "s-0", null, null, null), "verdict")).hasSize(10);
    }

    @Test
    void saysOfHowManyNobodyCanTell() throws IOException {
        hand.redis.xdel(RedisKeys.shard(hand.namespace, 0, "facts"), new StreamEntryID(1_000, 24));

        SelectionSummary summary = verify(chosen(null, "s-4", null, null, null));

        assertThat(summary.records()).isEqualTo(29 + 9 + 9);
        assertThat(summary.undecided()).isEqualTo(3);
    }

    @Test
    void namesTheFirstRecordThatWasTamperedWith() {
        List<String> lines = new ArrayList<>(chosen(null, "s-4", null, null, null));
        lines.set(3, lines.get(3).replace("it rains", "it pours"));

        assertThatThrownBy(() -> verify(lines))
                .isInstanceOf(TamperedException.class)
                .hasMessage("line 4: leaf 24 was altered: the ledger holds another record");
    }

    @Test
    void refusesAFilterThatIsNoneAndAMeaningWithoutAThreshold() {
        assertThatThrownBy(() -> chosen(null, null, null, "amount <", null)).isInstanceOf(InvalidFieldException.class);
        assertThatThrownBy(() -> ExportChoice.of(null, null, null, null, "rain", null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("threshold");
    }

    private List<String> chosen(
            @Nullable String subscription,
            @Nullable String subject,
            @Nullable String publisher,
            @Nullable String filter,
            @Nullable String about) {
        return hand.exported(
                ExportChoice.of(subscription, subject, publisher, filter, about, about == null ? null : 0.9), 0);
    }

    private SelectionSummary verify(List<String> lines) throws IOException {
        return SelectionVerifier.verify(
                new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)),
                hand.open(checkpoint),
                verified -> {});
    }

    private static List<String> records(List<String> lines, String kind) {
        return lines.stream()
                .filter(line -> line.contains("\"kind\":\"" + kind + "\""))
                .toList();
    }

    private void match(int fact, String subscription) {
        hand.redis.xadd(
                RedisKeys.shard(hand.namespace, 0, "matches"),
                Map.of("m", "[[\"" + subscription + "\",7,1,0.5,0.4]]"),
                XAddParams.xAddParams().id(new StreamEntryID(1_000, fact)));
        hand.redis.rpush(
                RedisKeys.subscription(hand.namespace, subscription, "trail"),
                "1-" + (fact + 1) + "|{\"kind\":\"verdict\",\"wake\":\"0-1000-" + String.format("%08d", fact)
                        + ".7\",\"at\":6000,\"attempt\":1,\"verdict\":\"done\"}");
    }
}
