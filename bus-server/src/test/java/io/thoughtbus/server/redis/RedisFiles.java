package io.thoughtbus.server.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What a Redis with its disk in hand has on it: the append-only files with their manifest, and the dump. Names need no care:
 * Redis syncs a file before it renames it, and the directory of the append-only files after each change of their
 * manifest, before it writes on. So a name that a power cut could undo stands in no manifest, or holds nothing yet.
 */
final class RedisFiles {
    private static final String SYNCED = "synced";
    private static final String LIMIT = "limit";

    private final Path directory;

    RedisFiles(Path directory) {
        this.directory = directory;
    }

    /** Takes from each file what was never synced. Answers how many bytes that were. */
    long forgetUnsynced() {
        return all().stream().mapToLong(RedisFiles::forgetUnsynced).sum();
    }

    /** Puts copies of other append-only files in place of these. */
    void replaceBy(RedisFiles others) {
        Path own = directory.resolve("appendonlydir");
        Path foreign = others.directory.resolve("appendonlydir");
        try (Stream<Path> old = Files.list(own);
                Stream<Path> copied = Files.list(foreign)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
            for (Path file : copied.toList()) {
                Files.copy(file, own.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the append-only files grow by this many bytes more in all. */
    void limit(long bytesLeft) {
        long size = all().stream()
                .filter(file -> !directory.equals(file.getParent()))
                .mapToLong(RedisFiles::size)
                .sum();
        try {
            attributes(directory).write(LIMIT, StandardCharsets.US_ASCII.encode(Long.toString(size + bytesLeft)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the append-only files grow as they like. */
    void unlimit() {
        try {
            if (attributes(directory).list().contains(LIMIT)) {
                attributes(directory).delete(LIMIT);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a piece of random length, of at least one byte and at most this many, from the end of what was last written. */
    long tear(Random random, int atMost) {
        Path file = last();
        long size = size(file);
        long torn = 1L + random.nextInt((int) Math.min(size, atMost));
        truncate(file, size - torn);
        return torn;
    }

    /** Turns a random bit among this many last bytes. Answers the position of its byte in the file. */
    long flip(Random random, int amongLast) {
        Path file = last();
        long size = size(file);
        long position = size - 1 - random.nextInt((int) Math.min(size, amongLast));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            one.put(0, (byte) (one.get(0) ^ 1 << random.nextInt(8))).flip();
            channel.write(one, position);
            return position;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The append-only file that is written last. */
    Path last() {
        return all().stream()
                .filter(file -> name(file).endsWith(".incr.aof"))
                .max(Comparator.comparingLong(RedisFiles::sequence))
                .orElseThrow(() -> new IllegalStateException("there is no append-only file in " + directory));
    }

    /** The append-only files, their manifest, and the dump; not what a rewrite was making, which nobody loads. */
    List<Path> all() {
        try (Stream<Path> files = Files.walk(directory, 2)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !name(file).startsWith("temp-"))
                    .filter(file -> name(file).contains(".aof") || name(file).endsWith(".rdb"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long forgetUnsynced(Path file) {
        long unsynced = Math.max(0, size(file) - synced(file));
        truncate(file, size(file) - unsynced);
        return unsynced;
    }

    private static long synced(Path file) {
        try {
            UserDefinedFileAttributeView attributes = attributes(file);
            if (!attributes.list().contains(SYNCED)) {
                return 0;
            }
            ByteBuffer value = ByteBuffer.allocate(attributes.size(SYNCED));
            attributes.read(SYNCED, value);
            return Long.parseLong(StandardCharsets.US_ASCII.decode(value.flip()).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UserDefinedFileAttributeView attributes(Path file) {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    }

    private static void truncate(Path file, long size) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number in {@code appendonly.aof.7.incr.aof}. */
    private static long sequence(Path file) {
        return Long.parseLong(name(file).split("\\.", -1)[2]);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
