package io.thoughtbus.server.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Segments as files of a directory, with a directory for each namespace. Several servers may share it. */
final class DirectoryStore implements SegmentStore {
    private static final String UNFINISHED = ".unfinished";

    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path root;
    private final Clock clock;

    DirectoryStore(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    @Override
    public List<SegmentName> list(String namespace) {
        List<SegmentName> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(namespace))) {
            files.forEach(
                    file -> SegmentName.parse(file.getFileName().toString()).ifPresent(names::add));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw unavailable("listed", namespace, e);
        }
        return names;
    }

    @Override
    public long size(String namespace, SegmentName name) {
        try {
            return Files.size(file(namespace, name));
        } catch (NoSuchFileException e) {
            throw new NoSuchSegmentException(namespace, name);
        } catch (IOException e) {
            throw unavailable("read", namespace, e);
        }
    }

    @Override
    public byte[] read(String namespace, SegmentName name, long offset, int length) {
        try (FileChannel file = FileChannel.open(file(namespace, name), StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(length, file.size() - offset)));
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = file.read(bytes, offset + bytes.position());
            }
            return bytes.array();
        } catch (NoSuchFileException e) {
            throw new NoSuchSegmentException(namespace, name);
        } catch (IOException e) {
            throw unavailable("read", namespace, e);
        }
    }

    @Override
    public boolean create(String namespace, SegmentName name, byte[] content) {
        Path directory = root.resolve(namespace);
        Path unfinished = directory.resolve(UUID.randomUUID() + UNFINISHED);
        try {
            Files.createDirectories(directory);
            removeUnfinished(directory);
            try (FileChannel file =
                    FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
            // A link, unlike a move, never takes the place of a file that another server has written.
            Files.createLink(file(namespace, name), unfinished);
            Files.delete(unfinished);
            sync(directory);
            return true;
        } catch (FileAlreadyExistsException e) {
            removeQuietly(unfinished);
            return false;
        } catch (IOException e) {
            removeQuietly(unfinished);
            throw unavailable("written", namespace, e);
        }
    }

    @Override
    public void delete(String namespace, SegmentName name) {
        try {
            Files.deleteIfExists(file(namespace, name));
            sync(root.resolve(namespace));
        } catch (IOException e) {
            throw unavailable("removed", namespace, e);
        }
    }

    private Path file(String namespace, SegmentName name) {
        return root.resolve(namespace).resolve(name.toString());
    }

    /** What a server that died has left. */
    private void removeUnfinished(Path directory) throws IOException {
        Instant abandoned = clock.instant().minus(ABANDONED);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + UNFINISHED)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(abandoned)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void removeQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next segment removes it.
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private ArchiveUnavailableException unavailable(String what, String namespace, IOException e) {
        return new ArchiveUnavailableException(
                "the archive cannot be " + what + " in " + root.resolve(namespace) + ": " + e, e);
    }
}
