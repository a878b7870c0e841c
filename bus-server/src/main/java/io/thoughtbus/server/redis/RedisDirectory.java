package io.thoughtbus.server.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of an embedded Redis: its configuration, data, log and the id of its process. */
final class RedisDirectory {
    private static final Logger log = LoggerFactory.getLogger(RedisDirectory.class);
    private static final long STOP_SECONDS = 30;

    private final Path path;

    RedisDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    Path configuration() {
        return path.resolve("redis.conf");
    }

    Path log() {
        return path.resolve("redis.log");
    }

    Path pidFile() {
        return path.resolve("redis.pid");
    }

    /** Writes a new configuration, readable by this user alone, since it holds the password. */
    void configure(RedisInstallation installation, EmbeddedRedis.Persistence persistence, int port, String password) {
        List<String> lines = Stream.concat(
                        Stream.of(
                                "bind 127.0.0.1",
                                "protected-mode yes",
                                "port " + port,
                                "requirepass " + password,
                                "dir " + quoted(path),
                                "logfile " + quoted(log()),
                                "pidfile " + quoted(pidFile()),
                                "set-proc-title no",
                                "maxmemory-policy noeviction",
                                "save \"\"",
                                // rewriting the append-only file would spend half its time on vectors, in vain
                                "rdbcompression no",
                                // a deleted entry leaves no bytes behind if it shares its node with no other: see 0020
                                "stream-node-max-bytes 1024",
                                "appendonly " + (persistence == EmbeddedRedis.Persistence.NONE ? "no" : "yes"),
                                "appendfsync "
                                        + (persistence == EmbeddedRedis.Persistence.ALWAYS ? "always" : "everysec")),
                        installation.modules().stream().map(RedisDirectory::loadModule))
                .toList();
        try {
            Path draft = path.resolve("redis.conf.new");
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(draft, lines);
            Files.move(draft, configuration(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts off what a power cut left of the last transaction, before a Redis reads it. */
    void cutTornTail() {
        long bytes = TornTail.cut(path.resolve("appendonlydir"));
        if (bytes > 0) {
            log.warn("The append-only file ended within a transaction, as after a power cut; cut off {} bytes", bytes);
        }
    }

    /** The Redis that was started from this directory and still runs, known by its pid file and its command line. */
    Optional<ProcessHandle> running() {
        try {
            long pid = Long.parseLong(Files.readString(pidFile()).strip());
            return ProcessHandle.of(pid).filter(this::isOurs);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Ends the Redis that a killed bus left behind in this directory, if there is one. */
    void endOrphan() {
        running().ifPresent(orphan -> {
            log.info("Ending the Redis (process {}) that an earlier bus left behind", orphan.pid());
            end(orphan);
        });
    }

    /** Ends a Redis: on request, and by force if it does not heed it in time. */
    static void end(ProcessHandle redis) {
        redis.destroy();
        try {
            redis.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            log.warn("The Redis (process {}) did not stop within {} s and is killed", redis.pid(), STOP_SECONDS);
            redis.destroyForcibly();
            redis.onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process failed", e);
        }
    }

    /** The end of Redis' log, for an error message. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }

    /** A port that nobody listens at; nor does the bus, not even to find it out. */
    static int freePort() {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(arguments -> List.of(arguments).contains(configuration().toString()))
                .orElse(false);
    }

    private static String loadModule(Path module) {
        String options = String.valueOf(module.getFileName()).equals("redisearch.so")
                ? " ON_TIMEOUT FAIL TIMEOUT " + RedisSearch.TIMEOUT_MILLIS
                : "";
        return "loadmodule " + quoted(module.toAbsolutePath()) + options;
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
