package io.thoughtbus.server.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/** One life of a {@link RedisServer}: a process, from its start to its end. */
final class RedisRun {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_END = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(5);

    private final RedisDirectory directory;
    private final Process process;
    private final ProcessHandle redis;

    private RedisRun(RedisDirectory directory, RedisAddress address, Process process) {
        this.directory = directory;
        this.process = process;
        this.redis = awaitAnswer(address);
    }

    /**
     * Starts a Redis and waits until it has loaded its files. A torn end of its append-only file is cut off before, as for
     * the bus' own Redis.
     *
     * @throws IllegalStateException with the end of its log, if it does not start
     */
    static RedisRun start(Path path, RedisSettings settings) {
        RedisInstallation installation = RedisFinder.forThisMachine(null).find();
        RedisDirectory directory = new RedisDirectory(path);
        Stream<String> own = Stream.of(
                "bind 127.0.0.1",
                "dir \"" + path + '"',
                "logfile \"" + directory.log() + '"',
                "pidfile \"" + directory.pidFile() + '"',
                "set-proc-title no");
        Stream<String> modules = installation.modules().stream().map(module -> "loadmodule \"" + module + '"');
        Stream<String> told = settings.directives().entrySet().stream()
                .map(directive -> directive.getKey() + " " + directive.getValue());
        try {
            Files.write(
                    directory.configuration(),
                    Stream.of(own, modules, told).flatMap(lines -> lines).toList());
            Files.deleteIfExists(directory.pidFile());
            directory.cutTornTail();
            ProcessBuilder builder = new ProcessBuilder(
                            installation.executable().toString(),
                            directory.configuration().toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(
                            ProcessBuilder.Redirect.appendTo(directory.log().toFile()));
            if (settings.diskInHand()) {
                builder.environment().put("LD_PRELOAD", DiskLibrary.path().toString());
                builder.environment().put("DISK_DIRECTORY", path.toString());
            }
            return new RedisRun(directory, settings.address(), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessHandle redis() {
        return redis;
    }

    boolean isAlive() {
        return process.isAlive() || redis.isAlive();
    }

    /** Kills it, and the child that may be rewriting its append-only file. */
    void kill() {
        List<ProcessHandle> children = redis.children().toList();
        redis.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
    }

    void awaitEnd() {
        try {
            if (!process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS) || redis.isAlive()) {
                throw new IllegalStateException(
                        "Redis (process " + redis.pid() + ") does not end:\n" + directory.lastWords());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    void signal(String name) {
        try {
            int status = new ProcessBuilder("sh", "-c", "kill -" + name + " " + redis.pid())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("no signal " + name + " reached Redis: it has ended");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private ProcessHandle awaitAnswer(RedisAddress address) {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        try {
            while (!answers(address)) {
                if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw failed("it ended with " + process.exitValue());
                }
                if (System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw failed("it did not answer in " + LONGEST_START);
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw interrupted(e);
        }
        return directory.running().orElseThrow(() -> failed("it wrote no " + directory.pidFile()));
    }

    private static boolean answers(RedisAddress address) {
        try (Connection connection = new Connection(address.hostAndPort(), address.clientConfig())) {
            connection.sendCommand(Protocol.Command.PING);
            return connection.getStatusCodeReply().equals("PONG");
        } catch (JedisException e) {
            return false;
        }
    }

    private IllegalStateException failed(String how) {
        return new IllegalStateException("Redis does not start: " + how + "\n" + directory.lastWords());
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}
