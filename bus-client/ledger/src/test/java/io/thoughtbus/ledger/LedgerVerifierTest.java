package io.thoughtbus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class LedgerVerifierTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Exported LEDGER = Exported.of(500);

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private KeyDirectory keys;
    private String key;

    @BeforeEach
    void sign() throws Exception {
        keys = new KeyDirectory(directory.resolve("keys"), Clock.systemUTC());
        key = write("key", keys.signers().get(0).publicKey("thought-bus/shop").toString());
    }

    @Test
    void verifiesAnExport() throws Exception {
        assertThat(run("verify", export(LEDGER.lines(100, 400, 500)), "--checkpoint", checkpoint(500), "--key", key))
                .isEqualTo(LedgerVerifier.FINE);
        assertThat(said()).contains("all is as it was: 300 records of thought-bus/shop", "of 3 only the hash is there");
    }

    @Test
    void verifiesChosenRecordsAndSaysThatTheyMayNotBeAll() throws Exception {
        String chosen = export(LEDGER.chosen(0, 500, 500, 50));

        assertThat(run("verify", chosen, "--checkpoint", checkpoint(500), "--key", key))
                .isEqualTo(LedgerVerifier.FINE);
        assertThat(said()).contains("10 records chosen by {filter=a < 1, subject=", "that none was left out is not");
        assertThat(run("verify", chosen, "--checkpoint", checkpoint(400), "--key", key))
                .isEqualTo(LedgerVerifier.TAMPERED);
        String other = SigningKey.generate(Clock.systemUTC().instant())
                .publicKey("thought-bus/shop")
                .toString();
        assertThat(run("verify", chosen, "--checkpoint", checkpoint(500), "--key", other))
                .isEqualTo(LedgerVerifier.TAMPERED);
    }

    @Test
    void namesWhatWasTamperedWith() throws Exception {
        List<String> lines = LEDGER.lines(100, 400, 500);
        String export = export(lines.stream()
                .map(line -> line.replace("fact \u00e9 222", "fact \u00e9 333"))
                .toList());

        assertThat(run("verify", export, "--checkpoint", checkpoint(500), "--key", key))
                .isEqualTo(LedgerVerifier.TAMPERED);
        assertThat(said()).contains("TAMPERED: line 125: leaf 222 was altered");
    }

    @Test
    void trustsNoOtherKey() throws Exception {
        String other = write(
                "other",
                SigningKey.generate(Clock.systemUTC().instant())
                        .publicKey("thought-bus/shop")
                        .toString());

        assertThat(run("verify", export(LEDGER.lines(0, 9, 500)), "--checkpoint", checkpoint(500), "--key", other))
                .isEqualTo(LedgerVerifier.TAMPERED);
        assertThat(said()).contains("signed by none of the given keys");
    }

    @Test
    void comparesAnOldCheckpointWithANewOne() throws Exception {
        String proof = write(
                "proof",
                JSON.writeValueAsString(
                        new ConsistencyProof(200, 500, texts(Proof.consistency(200, 500, LEDGER.nodes())))));

        assertThat(run("consistency", checkpoint(200), checkpoint(500), "--proof", proof, "--key", key))
                .isEqualTo(LedgerVerifier.FINE);
        String forked = write(
                "forked",
                new Checkpoint("thought-bus/shop", 200, Hash.EMPTY)
                        .sign(keys.signers())
                        .toString());
        assertThat(run("consistency", forked, checkpoint(500), "--proof", proof, "--key", key))
                .isEqualTo(LedgerVerifier.TAMPERED);
    }

    @Test
    void verifiesThatALeafIsInTheLedger() throws Exception {
        InclusionProof holds = new InclusionProof(
                77, 500, LEDGER.leaf(77).toString(), texts(Proof.inclusion(77, 500, LEDGER.nodes())));
        InclusionProof fails = new InclusionProof(78, 500, holds.hash(), holds.path());

        assertThat(run(
                        "inclusion",
                        write("p", JSON.writeValueAsString(holds)),
                        "--checkpoint",
                        checkpoint(500),
                        "--key",
                        key))
                .isEqualTo(LedgerVerifier.FINE);
        assertThat(run(
                        "inclusion",
                        write("q", JSON.writeValueAsString(fails)),
                        "--checkpoint",
                        checkpoint(500),
                        "--key",
                        key))
                .isEqualTo(LedgerVerifier.TAMPERED);
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(run("verify")).isEqualTo(LedgerVerifier.UNUSABLE);
        assertThat(run()).isEqualTo(LedgerVerifier.UNUSABLE);
        assertThat(said()).contains("--checkpoint is missing", "usage:");
    }

    @Test
    void rotatesKeys() {
        assertThat(run("rotate", directory.resolve("keys").toString())).isEqualTo(LedgerVerifier.FINE);

        assertThat(keys.signers()).hasSize(2);
    }

    private int run(String... arguments) {
        return new LedgerVerifier(new PrintStream(said, true, StandardCharsets.UTF_8)).run(List.of(arguments));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private String checkpoint(int size) throws Exception {
        return write(
                "checkpoint-" + size,
                LEDGER.checkpoint(size).sign(keys.signers()).toString());
    }

    private String export(List<String> lines) throws Exception {
        return write("export", String.join("\n", lines) + "\n");
    }

    private String write(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private static List<String> texts(List<Hash> hashes) {
        return hashes.stream().map(Hash::toString).toList();
    }
}
