package io.thoughtbus.server.redis;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A redis-server on this machine that can search vectors and keep JSON.
 *
 * @param executable the server, or a script that starts it
 * @param modules the module files to load; empty if the executable brings them itself
 */
record RedisInstallation(Path executable, List<Path> modules) {
    private static final List<String> MODULE_DIRECTORIES =
            List.of("", "../lib", "../lib/redis/modules", "../modules", "/usr/local/lib/redis/modules");

    /** The installation around an executable, if it has the modules. */
    static Optional<RedisInstallation> at(Path executable) {
        if (!Files.isExecutable(executable) || Files.isDirectory(executable)) {
            return Optional.empty();
        }
        if (String.valueOf(executable.getFileName()).equals("redis-stack-server")) {
            return Optional.of(new RedisInstallation(executable, List.of()));
        }
        return MODULE_DIRECTORIES.stream()
                .map(name -> executable.toAbsolutePath().resolveSibling(name).normalize())
                .filter(modules -> Files.isRegularFile(modules.resolve("redisearch.so"))
                        && Files.isRegularFile(modules.resolve("rejson.so")))
                .findFirst()
                .map(modules -> new RedisInstallation(
                        executable, List.of(modules.resolve("redisearch.so"), modules.resolve("rejson.so"))));
    }

    /** The first suitable installation on a search path such as that of the shell. */
    static Optional<RedisInstallation> onPath(String path) {
        List<Path> candidates = new ArrayList<>();
        for (String name : List.of("redis-stack-server", "redis-server")) {
            Stream.of(path.split(File.pathSeparator))
                    .filter(directory -> !directory.isBlank())
                    .map(directory -> Path.of(directory, name))
                    .forEach(candidates::add);
        }
        return candidates.stream()
                .map(RedisInstallation::at)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
