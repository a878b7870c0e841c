package io.thoughtbus.server.redis;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis of the bus' own: started on a free loopback port with a random password, started again at the same port if
 * it dies, and stopped with the bus. Its data directory belongs to one bus at a time.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int PORTS_TRIED = 5;

    /** What survives the end of an embedded Redis. */
    public enum Persistence {
        /** Nothing: for tests. */
        NONE,
        /** All but the last second. */
        EVERYSEC,
        /** Everything it has answered. */
        ALWAYS
    }

    private final RedisInstallation installation;
    private final RedisDirectory directory;
    private final Persistence persistence;
    private final FileChannel lockFile;
    private final Thread supervisor;
    private final RedisAddress address;
    private volatile RedisProcess process;
    private volatile boolean closing;

    private EmbeddedRedis(
            RedisInstallation installation, RedisDirectory directory, Persistence persistence, FileChannel lockFile) {
        this.installation = installation;
        this.directory = directory;
        this.persistence = persistence;
        this.lockFile = lockFile;
        this.process = startOnAnyPort();
        this.address = process.address();
        this.supervisor = new Thread(this::supervise, "redis-supervisor");
        this.supervisor.setDaemon(true);
        this.supervisor.start();
    }

    /**
     * Starts a Redis found or fetched on this machine.
     *
     * @param executable a redis-server to use instead, if given
     * @throws UnsuitableRedisException if there is none, the directory is in use or it does not start
     */
    public static EmbeddedRedis start(Path directory, @Nullable Path executable, Persistence persistence) {
        FileChannel lockFile = lock(directory);
        try {
            RedisInstallation installation =
                    RedisFinder.forThisMachine(executable).find();
            RedisDirectory own = new RedisDirectory(directory);
            own.endOrphan();
            return new EmbeddedRedis(installation, own, persistence, lockFile);
        } catch (RuntimeException e) {
            unlock(lockFile);
            throw e;
        }
    }

    /** Where it listens; the same for as long as this object lives. */
    public RedisAddress address() {
        return address;
    }

    /** The process that answers now. */
    public ProcessHandle processHandle() {
        return process.redis();
    }

    /** Stops it, once all it has answered is on disk. */
    @Override
    public void close() {
        closing = true;
        supervisor.interrupt();
        process.stop();
        unlock(lockFile);
    }

    private RedisProcess startOnAnyPort() {
        for (int attempt = 1; ; attempt++) {
            try {
                return RedisProcess.start(installation, directory, persistence, RedisDirectory.freePort());
            } catch (UnsuitableRedisException e) {
                if (attempt == PORTS_TRIED || !String.valueOf(e.getMessage()).contains("already in use")) {
                    throw e;
                }
            }
        }
    }

    private void supervise() {
        Duration pause = Duration.ofMillis(50);
        while (!closing) {
            try {
                process.awaitEnd();
                if (closing) {
                    return;
                }
                log.warn("The embedded Redis ended unexpectedly, starting it again; see {}", directory.log());
                process = RedisProcess.restart(installation, directory, persistence, address);
                pause = Duration.ofMillis(50);
            } catch (InterruptedException e) {
                return;
            } catch (UnsuitableRedisException e) {
                log.error("The embedded Redis does not start again, trying on: {}", e.getMessage());
                pause = rest(pause);
            }
        }
    }

    private Duration rest(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private static FileChannel lock(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new UnsuitableRedisException(
                        "the data directory " + directory + " is in use by another bus",
                        "Stop the other bus, or give this one a directory of its own with --thoughtbus.data-dir=DIR.");
            }
            return channel;
        } catch (IOException e) {
            throw new UnsuitableRedisException(
                    "the data directory " + directory + " cannot be written: " + e.getMessage(),
                    "Give a writable one with --thoughtbus.data-dir=DIR.",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void unlock(FileChannel lockFile) {
        try {
            lockFile.close();
        } catch (IOException e) {
            log.warn("The lock of the data directory could not be released", e);
        }
    }
}
