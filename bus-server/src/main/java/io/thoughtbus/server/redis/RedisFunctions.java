package io.thoughtbus.server.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The bus' functions inside Redis: each file of {@code lua/} registers one, and all see what {@code shared.lua}
 * declares. They are loaded as one library, survive a restart of Redis, and are loaded again should they be gone.
 */
public final class RedisFunctions {
    private static final String NOT_LOADED = "Function not found";

    private final RedisClient redis;
    private final String library;

    private RedisFunctions(RedisClient redis, String library) {
        this.redis = redis;
        this.library = library;
    }

    /** The functions of this version of the bus, called through one client; not loaded yet. */
    static RedisFunctions of(RedisClient redis) {
        return of(redis, true);
    }

    /**
     * The same.
     *
     * @param noting whether they note for the ledger what becomes of wakes
     */
    static RedisFunctions of(RedisClient redis, boolean noting) {
        return new RedisFunctions(redis, "#!lua name=thoughtbus\nlocal NOTING = " + noting + "\n" + sources());
    }

    /** The same functions, called through another client. */
    public RedisFunctions through(RedisClient other) {
        return new RedisFunctions(other, library);
    }

    /** Makes Redis know the functions of this version of the bus. */
    public void load() {
        redis.functionLoadReplace(library);
    }

    /** Calls a function, loading the library first if Redis does not know it. */
    public Object call(RedisFunction function, List<String> keys, List<?> arguments) {
        try {
            return redis.fcall(name(function), encode(keys), encode(arguments));
        } catch (JedisDataException e) {
            if (!isNotLoaded(e)) {
                throw e;
            }
            load();
            return redis.fcall(name(function), encode(keys), encode(arguments));
        }
    }

    /** Makes some calls of a function in one trip, each by itself; those that fail leave the others done. */
    public void callEach(RedisFunction function, List<Call> calls) {
        List<Response<Object>> answers = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            calls.forEach(call -> answers.add(call(pipeline, function, call.keys(), call.arguments())));
        }
        for (int i = 0; i < calls.size(); i++) {
            try {
                answers.get(i).get();
            } catch (JedisDataException e) {
                if (!isNotLoaded(e)) {
                    throw e;
                }
                call(function, calls.get(i).keys(), calls.get(i).arguments());
            }
        }
    }

    /** Queues a call; {@link #isNotLoaded} tells whether its failure is one that {@link #load} mends. */
    public Response<Object> call(Pipeline pipeline, RedisFunction function, List<String> keys, List<?> arguments) {
        return pipeline.fcall(name(function), encode(keys), encode(arguments));
    }

    /** Loads the library again if a call failed because Redis does not know the functions. */
    public void loadIfGone(JedisDataException e) {
        if (isNotLoaded(e)) {
            load();
        }
    }

    /** Whether a call failed, having done nothing, because Redis does not know the functions. */
    public static boolean isNotLoaded(JedisDataException e) {
        return String.valueOf(e.getMessage()).contains(NOT_LOADED);
    }

    private static byte[] name(RedisFunction function) {
        return function.redisName().getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> encode(List<?> values) {
        return values.stream()
                .map(value ->
                        value instanceof byte[] bytes ? bytes : value.toString().getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static String sources() {
        try {
            Resource[] files = new PathMatchingResourcePatternResolver(RedisFunctions.class.getClassLoader())
                    .getResources("classpath*:lua/*.lua");
            return Arrays.stream(files)
                    .sorted(Comparator.comparing((Resource file) -> !isShared(file))
                            .thenComparing(file -> String.valueOf(file.getFilename())))
                    .map(file -> isShared(file) ? source(file) : "do\n" + source(file) + "\nend")
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isShared(Resource file) {
        return "shared.lua".equals(file.getFilename());
    }

    private static String source(Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a function is called with. */
    public record Call(List<String> keys, List<?> arguments) {}
}
