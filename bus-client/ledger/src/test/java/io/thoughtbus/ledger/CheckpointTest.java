package io.thoughtbus.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

    /** The example of the C2SP signed-note specification. */
    private static final String PUBLISHED_NOTE = """
            This is an example message.

            \u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """;

    private static final String PUBLISHED_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private final Checkpoint checkpoint = new Checkpoint("thought-bus/shop", 42, Trees.root(Trees.leaves(42)));

    @TempDir
    private Path directory;

    @Test
    void thePublishedExampleOfASignedNoteHolds() {
        PublicKey key = PublicKey.parse(PUBLISHED_KEY);
        SignedNote note = SignedNote.parse(PUBLISHED_NOTE);

        assertThat(note.isSignedBy(List.of(key))).isTrue();
        assertThat(note).hasToString(PUBLISHED_NOTE);
        assertThat(key).hasToString(PUBLISHED_KEY);
    }

    @Test
    void aCheckpointIsAnOriginASizeAndARoot() {
        assertThat(checkpoint.text()).isEqualTo("thought-bus/shop\n42\n" + checkpoint.root() + "\n");
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
    }

    @Test
    void aSignedCheckpointOpensWithItsKeyAndWithNoOther() {
        KeyDirectory keys = keys(NOW);
        String note = checkpoint.sign(keys.signers()).toString();
        PublicKey key = keys.signers().get(0).publicKey("thought-bus/shop");
        PublicKey stranger = SigningKey.generate(NOW).publicKey("thought-bus/shop");

        assertThat(Checkpoint.open(note, List.of(key))).isEqualTo(checkpoint);
        assertThatThrownBy(() -> Checkpoint.open(note, List.of(stranger))).isInstanceOf(UntrustedNoteException.class);
    }

    @Test
    void anAlteredCheckpointDoesNotOpen() {
        KeyDirectory keys = keys(NOW);
        String note = checkpoint.sign(keys.signers()).toString();
        List<PublicKey> trusted = List.of(keys.signers().get(0).publicKey("thought-bus/shop"));

        assertThatThrownBy(() -> Checkpoint.open(note.replace("\n42\n", "\n43\n"), trusted))
                .isInstanceOf(UntrustedNoteException.class)
                .hasMessageContaining("does not belong to this text");
    }

    @Test
    void afterARotationTheOldKeyAndTheNewOneSign() {
        PublicKey old = keys(NOW).signers().get(0).publicKey("thought-bus/shop");

        KeyDirectory later = keys(NOW.plus(Duration.ofDays(1)));
        later.rotate();

        String note = checkpoint.sign(later.signers()).toString();
        PublicKey young = later.signers().get(0).publicKey("thought-bus/shop");
        assertThat(young).isNotEqualTo(old);
        assertThat(Checkpoint.open(note, List.of(old))).isEqualTo(checkpoint);
        assertThat(Checkpoint.open(note, List.of(young))).isEqualTo(checkpoint);
        assertThat(later.validity("thought-bus/shop"))
                .extracting(KeyValidity::until)
                .containsOnlyNulls();
        keys(NOW.plus(Duration.ofDays(2))).rotate();
        assertThat(later.validity("thought-bus/shop"))
                .extracting(KeyValidity::until)
                .containsExactly(NOW.plus(Duration.ofDays(2)), null, null);
        assertThat(later.signers()).hasSize(2);
    }

    @Test
    void theKeyIsMadeOnceAndNobodyElseMayReadIt() throws Exception {
        PublicKey made = keys(NOW).signers().get(0).publicKey("a");
        PublicKey again = keys(NOW.plusSeconds(9)).signers().get(0).publicKey("a");

        assertThat(again).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(onlyFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void aDamagedKeyIsNamed() throws Exception {
        keys(NOW).signers();
        Path file = onlyFile();
        Files.writeString(file, "nothing");

        assertThatThrownBy(() -> keys(NOW).signers())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString());
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("keys"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private KeyDirectory keys(Instant now) {
        return new KeyDirectory(directory.resolve("keys"), Clock.fixed(now, ZoneOffset.UTC));
    }
}
