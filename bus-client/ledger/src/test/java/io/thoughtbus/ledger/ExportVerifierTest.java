package io.thoughtbus.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ExportVerifierTest {
    private static final int SIZE = 700;
    private static final Exported LEDGER = Exported.of(SIZE);
    private static final Checkpoint CHECKPOINT = LEDGER.checkpoint(SIZE);
    private static final List<String> LINES = LEDGER.lines(0, SIZE, SIZE);

    /** Where leaf 300 stands: after the section and two lines of hashes. */
    private static final int AT_300 = 303;

    @Test
    void anExportThatNobodyTouchedIsFine() {
        ExportSummary summary = Exported.verify(LINES, CHECKPOINT);

        assertThat(summary.records()).isEqualTo(SIZE);
        assertThat(summary.withheld()).isEqualTo(7);
    }

    @Test
    void everyRangeAtEverySizeIsFine() {
        Random random = new Random(11);
        for (int i = 0; i < 60; i++) {
            int size = random.nextInt(SIZE + 1);
            int to = random.nextInt(size + 1);
            int from = random.nextInt(to + 1);

            ExportSummary summary = Exported.verify(LEDGER.lines(from, to, size), LEDGER.checkpoint(size));

            assertThat(summary.records()).isEqualTo(to - from);
        }
    }

    @Test
    void sectionsFollowEachOther() {
        int size = ExportRange.SECTION + 300;
        Exported ledger = Exported.of(size);
        List<String> lines = ledger.lines(0, size, size);

        assertThat(lines.stream().filter(line -> line.startsWith(ExportLine.SECTION)))
                .hasSize(2);
        assertThat(Exported.verify(lines, ledger.checkpoint(size)).records()).isEqualTo(size);
        int second = lines.size() - 303;
        assertThat(lines.get(second)).startsWith(ExportLine.SECTION);
        Finding cut = finding(lines.subList(0, second), ledger.checkpoint(size));
        assertThat(cut.kind()).isEqualTo(Finding.Kind.TRUNCATED);
        assertThat(cut.leaf()).isEqualTo(ExportRange.SECTION);
    }

    @Test
    void anExportThatBrokeOffGoesOnAtItsLastSection() {
        int size = ExportRange.SECTION + 300;
        Exported ledger = Exported.of(size);
        List<String> whole = ledger.lines(500, size, size);
        int lastSection = whole.size() - 303;

        List<String> resumed = new ArrayList<>(whole.subList(0, lastSection));
        resumed.addAll(ledger.lines(ExportRange.SECTION, size, size));

        assertThat(resumed).isEqualTo(whole);
    }

    @Test
    void anAlteredRecordIsNamed() {
        expect(
                Finding.Kind.ALTERED,
                300,
                lines -> lines.set(AT_300, LINES.get(AT_300).replace("fact", "fakt")));
    }

    @Test
    void anAlteredRecordWithAHashToMatchIsNamed() {
        String forged = LINES.get(AT_300).replace("the fact", "the lie");
        String body = forged.substring(forged.indexOf("\"record\":") + 9, forged.indexOf(",\"salt\":"));
        byte[] salt = "salt of 100300..".getBytes(StandardCharsets.UTF_8);
        byte[] record = body.getBytes(StandardCharsets.UTF_8);
        String line = ExportLine.record(300, LedgerRecord.leaf(salt, record), salt, record);

        expect(Finding.Kind.ALTERED, 300, lines -> lines.set(AT_300, line));
    }

    @Test
    void aMissingRecordIsNamed() {
        expect(Finding.Kind.MISSING, 300, lines -> lines.remove(AT_300));
        expect(Finding.Kind.MISSING, 511, lines -> lines.remove(AT_300 + 211));
    }

    @Test
    void aMissingRecordIsNamedAlsoIfThoseAfterItWereNumberedAnew() {
        Finding finding = finding(changed(lines -> {
            lines.remove(AT_300);
            for (int i = AT_300; i < AT_300 + 50; i++) {
                int leaf = 301 + i - AT_300;
                lines.set(i, lines.get(i).replace("\"leaf\":" + leaf + ",", "\"leaf\":" + (leaf - 1) + ","));
            }
        }));

        assertThat(finding.kind()).isEqualTo(Finding.Kind.MISSING);
        assertThat(finding.leaf()).isEqualTo(300);
    }

    @Test
    void anInsertedRecordIsNamed() {
        expect(
                Finding.Kind.INSERTED,
                300,
                lines -> lines.add(AT_300, LINES.get(AT_300).replace("fact", "fakt")));
        expect(Finding.Kind.INSERTED, 301, lines -> lines.add(AT_300, LINES.get(AT_300)));
        expect(Finding.Kind.INSERTED, 512, lines -> lines.add(AT_300 + 212, LINES.get(AT_300)));
        expect(Finding.Kind.INSERTED, 300, lines -> lines.add(AT_300, LINES.get(AT_300 + 1)));
        expect(Finding.Kind.INSERTED, SIZE, lines -> lines.add(LINES.get(AT_300)));
    }

    @Test
    void recordsInAnotherOrderAreNamed() {
        expect(Finding.Kind.REORDERED, 300, lines -> Collections.swap(lines, AT_300, AT_300 + 1));
        expect(Finding.Kind.REORDERED, 300, lines -> Collections.swap(lines, AT_300, AT_300 + 20));
    }

    @Test
    void recordsOfOtherTilesAreNotTakenForTheRightOnes() {
        expect(Finding.Kind.ALTERED, 40, lines -> Collections.swap(lines, AT_300, 42));
    }

    @Test
    void aTruncatedExportIsNamedWhereverItEnds() {
        for (int end = 0; end < LINES.size(); end += 7) {
            assertThat(finding(LINES.subList(0, end)).kind()).isEqualTo(Finding.Kind.TRUNCATED);
        }
        expect(
                Finding.Kind.TRUNCATED,
                300,
                lines -> lines.subList(AT_300, lines.size()).clear());
    }

    @Test
    void aLineThatIsTornIsNotThere() {
        String whole = String.join("\n", LINES) + "\n";
        String torn = whole.substring(0, whole.length() - 1);

        Finding finding = catchThrowableOfType(TamperedException.class, () -> Exported.verify(torn, CHECKPOINT))
                .finding();

        assertThat(finding.kind()).isEqualTo(Finding.Kind.TRUNCATED);
        assertThat(finding.leaf()).isEqualTo(SIZE - 1);
    }

    @Test
    void anyFlippedCharacterIsFound() {
        Random random = new Random(3);
        String whole = String.join("\n", LINES) + "\n";
        for (int i = 0; i < 400; i++) {
            int at = random.nextInt(whole.length());
            char flipped = whole.charAt(at) == 'x' ? 'y' : 'x';

            String changed = whole.substring(0, at) + flipped + whole.substring(at + 1);

            assertThat(catchThrowableOfType(TamperedException.class, () -> Exported.verify(changed, CHECKPOINT)))
                    .as("character %d of seed 3", at)
                    .isNotNull();
        }
    }

    @Test
    void recordsAndTheirHashesChangedTogetherAreNamedByTheirTile() {
        List<Hash> hashes = new ArrayList<>(Trees.leaves(256));

        expect(Finding.Kind.ALTERED, 256, lines -> lines.set(258, ExportLine.tile(1, hashes)));
    }

    @Test
    void anotherCheckpointDoesNotProveIt() {
        assertThat(finding(LINES, LEDGER.checkpoint(SIZE - 1)).kind()).isEqualTo(Finding.Kind.UNPROVEN);
        Checkpoint forged = new Checkpoint("thought-bus/shop", SIZE, Hash.EMPTY);
        assertThat(finding(LINES, forged).kind()).isEqualTo(Finding.Kind.UNPROVEN);
        Checkpoint other = new Checkpoint("thought-bus/other", SIZE, CHECKPOINT.root());
        assertThat(finding(LINES, other).kind()).isEqualTo(Finding.Kind.UNPROVEN);
    }

    @Test
    void eventsAreVerifiedAsTheirLinesAre() {
        List<String> events = LINES.stream()
                .map(line -> CloudEvents.wrap(line, "thought-bus/shop"))
                .toList();

        assertThat(Exported.verify(events, CHECKPOINT).records()).isEqualTo(SIZE);
        List<String> altered = new ArrayList<>(events);
        altered.set(AT_300, events.get(AT_300).replace("10:15:30Z\",\"type", "10:15:31Z\",\"type"));
        assertThat(altered).isNotEqualTo(events);
        assertThat(finding(altered).leaf()).isEqualTo(300);
    }

    private static void expect(Finding.Kind kind, long leaf, Consumer<List<String>> change) {
        Finding finding = finding(changed(change));

        assertThat(finding.kind()).as(finding.toString()).isEqualTo(kind);
        assertThat(finding.leaf()).as(finding.toString()).isEqualTo(leaf);
    }

    private static List<String> changed(Consumer<List<String>> change) {
        List<String> lines = new ArrayList<>(LINES);
        change.accept(lines);
        return lines;
    }

    private static Finding finding(List<String> lines) {
        return finding(lines, CHECKPOINT);
    }

    private static Finding finding(List<String> lines, Checkpoint checkpoint) {
        return catchThrowableOfType(TamperedException.class, () -> Exported.verify(lines, checkpoint))
                .finding();
    }
}
