package io.thoughtbus.server.redis;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a command or transaction that came only in part, as after a power cut, off the end of an append-only file. Redis
 * cannot be left to do it: of a torn transaction 8.2.3 keeps the commands that came whole, passes over them at this
 * start, and carries them out at the next one, when their writer has long written them again.
 */
final class TornTail {
    private static final byte[] END_OF_TRANSACTION = "*1\r\n$4\r\nEXEC\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_LINE = 1 << 10;

    private final DataInputStream file;
    private long position;

    private TornTail(DataInputStream file) {
        this.file = file;
    }

    /**
     * Cuts the torn end off the file that Redis wrote last. What is damaged otherwise is left to Redis, which refuses it.
     *
     * @param directory of the append-only files; it need not exist
     * @return how many bytes were cut off
     */
    static long cut(Path directory) {
        try {
            Optional<Path> last = lastWritten(directory);
            return last.isEmpty() ? 0 : cutFile(last.get());
        } catch (IOException e) {
            throw new UnsuitableRedisException(
                    "the append-only file in " + directory + " cannot be read: " + e.getMessage(),
                    "Give the user of the bus the right to read and write it.",
                    e);
        }
    }

    private static Optional<Path> lastWritten(Path directory) throws IOException {
        Path manifest = directory.resolve("appendonly.aof.manifest");
        if (!Files.exists(manifest)) {
            return Optional.empty();
        }
        return Files.readAllLines(manifest).stream()
                .filter(line -> line.startsWith("file ") && line.contains(" type i"))
                .map(line -> directory.resolve(line.split(" ", 3)[1]))
                .filter(Files::exists)
                .reduce((earlier, later) -> later);
    }

    private static long cutFile(Path file) throws IOException {
        long size = Files.size(file);
        if (size == 0 || endsWithTransaction(file, size)) {
            return 0;
        }
        long whole;
        try (DataInputStream input = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            whole = new TornTail(input).whole(size);
        }
        if (whole < size) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(whole);
                channel.force(true);
            }
        }
        return size - whole;
    }

    private static boolean endsWithTransaction(Path file, long size) throws IOException {
        byte[] end = new byte[(int) Math.min(size, END_OF_TRANSACTION.length)];
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            bytes.seek(size - end.length);
            bytes.readFully(end);
        }
        return Arrays.equals(end, END_OF_TRANSACTION);
    }

    /** Up to where the file holds whole commands and transactions; its size, if it is damaged in another way. */
    private long whole(long size) throws IOException {
        long whole = 0;
        boolean inTransaction = false;
        try {
            while (position < size) {
                String command = command();
                inTransaction = command.equals("MULTI") || (inTransaction && !command.equals("EXEC"));
                whole = inTransaction ? whole : position;
            }
            return whole;
        } catch (EOFException torn) {
            return whole;
        } catch (NumberFormatException damaged) {
            return size;
        }
    }

    /** Reads a command; answers its name if it has no arguments. */
    private String command() throws IOException {
        String head = line();
        if (head.startsWith("#")) {
            return "";
        }
        long parts = number('*', head);
        String name = "";
        for (long part = 0; part < parts; part++) {
            long length = number('$', line());
            if (parts == 1 && length <= LONGEST_LINE) {
                name = new String(file.readNBytes((int) length), StandardCharsets.US_ASCII);
                position += name.length();
                skip(length - name.length());
            } else {
                skip(length);
            }
            skip(2);
        }
        return name;
    }

    private void skip(long bytes) throws IOException {
        file.skipNBytes(bytes);
        position += bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (byte next = file.readByte(); next != '\n'; next = file.readByte()) {
            line.append((char) next);
            if (line.length() > LONGEST_LINE) {
                throw new NumberFormatException("no line of an append-only file is so long");
            }
        }
        position += line.length() + 1L;
        return line.toString().strip();
    }

    private static long number(char mark, String line) {
        if (line.isEmpty() || line.charAt(0) != mark) {
            throw new NumberFormatException("expected " + mark + " but was " + line);
        }
        long number = Long.parseLong(line.substring(1));
        if (number < 0) {
            throw new NumberFormatException("expected a length but was " + line);
        }
        return number;
    }
}
