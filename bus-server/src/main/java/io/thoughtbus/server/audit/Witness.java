package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.Checkpoint;
import io.thoughtbus.ledger.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** What this server signed last for each namespace, kept outside Redis: whoever changes Redis cannot change it. */
final class Witness {
    private final Path directory;

    Witness(Path directory) {
        this.directory = directory;
    }

    /** The checkpoint that was signed last. */
    Optional<Checkpoint> last(String namespace) {
        try {
            Path file = file(namespace);
            return Files.exists(file)
                    ? Optional.of(Checkpoint.parse(
                            SignedNote.parse(Files.readString(file)).text()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Remembers what is signed now, before anybody is told. */
    void remember(String namespace, SignedNote note) {
        Path draft = directory.resolve(namespace + ".checkpoint.draft");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(note.toString().getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
            Files.move(draft, file(namespace), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String namespace) {
        return directory.resolve(namespace + ".checkpoint");
    }
}
