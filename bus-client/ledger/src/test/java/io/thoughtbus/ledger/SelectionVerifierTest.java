package io.thoughtbus.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionVerifierTest {
    private static final int SIZE = 300;
    private static final Exported LEDGER = Exported.of(SIZE);
    private static final Checkpoint CHECKPOINT = LEDGER.checkpoint(SIZE);

    /** The leaves 10, 20, … 290: leaf 100 stands on the 11th line. */
    private static final List<String> LINES = LEDGER.chosen(5, SIZE, SIZE, 10);

    private static final int AT_100 = 10;

    @Test
    void aSelectionThatNobodyTouchedIsFine() {
        SelectionSummary summary = verify(LINES, CHECKPOINT);

        assertThat(summary.records()).isEqualTo(29);
        assertThat(summary.undecided()).isEqualTo(3);
        assertThat(summary.criteria())
                .containsEntry("subject", "s \u20ac \"7\"")
                .containsEntry("filter", "a < 1");
        assertThat(summary.export()).isEqualTo(new ExportRange("thought-bus/shop", 5, SIZE, SIZE));
        assertThat(verify(LEDGER.chosen(0, 0, SIZE, 10), CHECKPOINT).records()).isZero();
    }

    @Test
    void asEventsItSaysTheSame() {
        List<String> events = LINES.stream()
                .map(line -> CloudEvents.wrap(line, "thought-bus/shop"))
                .toList();

        assertThat(verify(events, CHECKPOINT)).isEqualTo(verify(LINES, CHECKPOINT));
        assertThat(events.get(AT_100)).contains("\"type\":\"io.thoughtbus.ledger.matches\"");
    }

    @Test
    void oneThatBrokeOffGoesOnAfterItsLastSection() {
        int size = ExportRange.SECTION + 300;
        Exported ledger = Exported.of(size);
        List<String> whole = ledger.chosen(500, size, size, 10_000);
        int end = IntStream.range(0, whole.size())
                .filter(i -> whole.get(i).startsWith(SelectionLine.END))
                .findFirst()
                .orElseThrow();

        List<String> resumed = new ArrayList<>(whole.subList(0, end + 1));
        resumed.addAll(ledger.chosen(ExportRange.SECTION, size, size, 10_000));

        assertThat(resumed).isEqualTo(whole);
        assertThat(verify(whole, ledger.checkpoint(size)).records()).isEqualTo(6);
        assertThat(finding(whole.subList(0, end + 1), ledger.checkpoint(size)).kind())
                .isEqualTo(Finding.Kind.TRUNCATED);
    }

    @Test
    void anAlteredRecordIsNamed() {
        expect(Finding.Kind.ALTERED, 100, lines -> replace(lines, "the fact", "the lie"));
    }

    @Test
    void anAlteredRecordWithAHashToMatchIsNamed() {
        String forged = LINES.get(AT_100).replace("the fact", "the lie");
        byte[] record = forged.substring(forged.indexOf("\"record\":") + 9, forged.indexOf(",\"salt\":"))
                .getBytes(StandardCharsets.UTF_8);
        byte[] salt = "salt of 100100..".getBytes(StandardCharsets.UTF_8);
        List<Hash> path = Proof.inclusion(100, SIZE, LEDGER.nodes());

        expect(
                Finding.Kind.INSERTED,
                100,
                lines -> lines.set(
                        AT_100, SelectionLine.record(100, LedgerRecord.leaf(salt, record), path, salt, record)));
    }

    @Test
    void everyFlippedByteIsFound() {
        byte[] whole = (String.join("\n", LINES) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < whole.length; at += 7) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            int place = at;

            assertThat(catchThrowableOfType(TamperedException.class, () -> verify(flipped, CHECKPOINT)))
                    .as(() -> "byte " + place)
                    .matches(e -> e != null || isCriterion(whole, place));
        }
    }

    @Test
    void aForeignRecordIsNamed() {
        Exported other = Exported.of(SIZE - 1);

        expect(Finding.Kind.INSERTED, 110, lines -> lines.add(AT_100 + 1, other.chosen(110, SIZE - 1)));
        expect(Finding.Kind.INSERTED, 3, lines -> lines.add(1, LEDGER.chosen(3, SIZE)));
        expect(Finding.Kind.INSERTED, 100, lines -> lines.add(AT_100, LINES.get(AT_100)));
    }

    @Test
    void recordsInAnotherOrderAreNamed() {
        expect(Finding.Kind.REORDERED, 100, lines -> Collections.swap(lines, AT_100, AT_100 + 1));
    }

    @Test
    void aDeletedRecordIsMissedByTheCountAndATruncatedExportByItsEnd() {
        expect(Finding.Kind.MISSING, 5, lines -> lines.remove(AT_100));
        expect(Finding.Kind.TRUNCATED, 291, lines -> lines.remove(lines.size() - 1));
        expect(
                Finding.Kind.TRUNCATED,
                101,
                lines -> lines.subList(AT_100 + 1, lines.size()).clear());
        expect(Finding.Kind.INSERTED, SIZE, lines -> lines.add(LINES.get(AT_100)));
    }

    @Test
    void anOlderCheckpointProvesNothing() {
        assertThat(finding(LINES, LEDGER.checkpoint(SIZE - 1)).kind()).isEqualTo(Finding.Kind.UNPROVEN);
        Checkpoint forked = new Checkpoint("thought-bus/shop", SIZE, Hash.EMPTY);
        assertThat(finding(LINES, forked).leaf()).isEqualTo(10);
    }

    /** What it says of the choice is not proven, so another criterion is no finding. */
    private static boolean isCriterion(byte[] whole, int at) {
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        boolean isBy = at > text.indexOf("\"by\":") && at < text.indexOf(",\"end\":");
        boolean isUndecided = at > text.lastIndexOf("\"undecided\":");
        return isBy || isUndecided || at > whole.length - 3;
    }

    private static void replace(List<String> lines, String from, String to) {
        lines.set(AT_100, lines.get(AT_100).replace(from, to));
    }

    private static void expect(Finding.Kind kind, long leaf, Consumer<List<String>> tampering) {
        List<String> lines = new ArrayList<>(LINES);
        tampering.accept(lines);

        Finding finding = finding(lines, CHECKPOINT);

        assertThat(finding.kind()).as(finding.toString()).isEqualTo(kind);
        assertThat(finding.leaf()).isEqualTo(leaf);
    }

    private static Finding finding(List<String> lines, Checkpoint checkpoint) {
        return catchThrowableOfType(TamperedException.class, () -> verify(lines, checkpoint))
                .finding();
    }

    private static SelectionSummary verify(List<String> lines, Checkpoint checkpoint) {
        return verify((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8), checkpoint);
    }

    private static SelectionSummary verify(byte[] export, Checkpoint checkpoint) {
        try {
            return SelectionVerifier.verify(new ByteArrayInputStream(export), checkpoint, verified -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
