package io.thoughtbus.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the keys of a ledger are: a file each, readable by its owner alone. The newest signs, and the one before it signs
 * too, so that who trusts the old one comes to trust the new one.
 */
public final class KeyDirectory {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String SUFFIX = ".key";
    private static final int SIGNERS = 2;

    private final Path directory;
    private final Clock clock;

    /** The keys in a directory, which need not be there. */
    public KeyDirectory(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * All keys, the oldest first; the first one is made now if there is none.
     *
     * @throws UncheckedIOException if the directory cannot be read or written
     * @throws IllegalStateException if a file in it is no key
     */
    public synchronized List<SigningKey> all() {
        List<SigningKey> keys = read();
        return keys.isEmpty() ? List.of(make()) : keys;
    }

    /** The keys that sign, the newest first. */
    public List<SigningKey> signers() {
        List<SigningKey> all = all();
        List<SigningKey> signers = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0 && signers.size() < SIGNERS; i--) {
            signers.add(all.get(i));
        }
        return signers;
    }

    /** Makes a new key; the one before it signs beside it from now on. */
    public synchronized SigningKey rotate() {
        all();
        return make();
    }

    /** The public parts of all keys under a name, the oldest first. */
    public List<KeyValidity> validity(String name) {
        List<SigningKey> all = all();
        List<KeyValidity> told = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean signs = i + SIGNERS >= all.size();
            told.add(new KeyValidity(
                    all.get(i).publicKey(name).toString(),
                    all.get(i).created(),
                    signs ? null : all.get(i + SIGNERS).created()));
        }
        return told;
    }

    private List<SigningKey> read() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .map(KeyDirectory::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the keys in " + directory + " cannot be read", e);
        }
    }

    private static SigningKey parse(Path file) {
        try {
            return SigningKey.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the key " + file + " cannot be read", e);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private SigningKey make() {
        Instant now = clock.instant();
        SigningKey key = SigningKey.generate(now);
        write(directory.resolve(NAME.format(now) + SUFFIX), key.file());
        return key;
    }

    /** The file is there whole or not at all, whenever the power fails. */
    private void write(Path file, String content) {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            Files.createDirectories(directory);
            if (posix) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            Path draft = directory.resolve(file.getFileName() + ".draft");
            Files.deleteIfExists(draft);
            Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (FileChannel channel = posix
                    ? FileChannel.open(
                            draft,
                            options,
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                    : FileChannel.open(draft, options)) {
                channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("no key can be made in " + directory, e);
        }
    }
}
