package io.thoughtbus.server.redis;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the redis-server to start: the configured one, one on the search path, the cached one, or one fetched now. */
final class RedisFinder {
    private final @Nullable Path executable;
    private final String searchPath;
    private final RedisDownload download;

    RedisFinder(@Nullable Path executable, String searchPath, RedisDownload download) {
        this.executable = executable;
        this.searchPath = searchPath;
        this.download = download;
    }

    /** The finder for this machine and user. */
    static RedisFinder forThisMachine(@Nullable Path executable) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return new RedisFinder(executable, path, new RedisDownload(UserDirectories.cache()));
    }

    /** The installation to use. */
    RedisInstallation find() {
        if (executable != null) {
            return RedisInstallation.at(executable)
                    .orElseThrow(() -> new UnsuitableRedisException(
                            "thoughtbus.redis.executable is " + executable
                                    + ", which is no redis-server with redisearch.so and rejson.so beside it",
                            "Name a redis-server that has both in its directory, in ../lib or in "
                                    + "/usr/local/lib/redis/modules, or remove the setting to have one fetched."));
        }
        return RedisInstallation.onPath(searchPath).orElseGet(download::installation);
    }
}
