package io.thoughtbus.server.web;

import redis.clients.jedis.exceptions.JedisException;

/** Turns what Redis says into a refusal: what may be tried again is told apart from a mistake. */
public final class RedisProblems {
    private static final String UNKNOWN_OUTCOME =
            "whether the request was carried out is not known; trying again with the same idempotency key is safe";

    private RedisProblems() {}

    /** The refusal for a command that failed, as Jedis or Spring Data tells it. */
    public static ProblemException of(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.startsWith("OOM")) {
                return new ProblemException(
                        ProblemType.STORAGE_FULL, "Redis has reached its maxmemory; nothing was stored", e);
            }
            if (message.startsWith("MISCONF")) {
                return new ProblemException(
                        ProblemType.STORAGE_FULL, "Redis cannot write to its disk; nothing was stored", e);
            }
            if (message.startsWith("LOADING") || message.startsWith("BUSY") || message.startsWith("READONLY")) {
                return new ProblemException(ProblemType.REDIS_UNAVAILABLE, "Redis is not ready: " + message, e);
            }
        }
        return isFailure(e)
                ? new ProblemException(ProblemType.REDIS_UNAVAILABLE, UNKNOWN_OUTCOME, e)
                : new ProblemException(ProblemType.INTERNAL, "Redis refused a command of the bus", e);
    }

    private static boolean isFailure(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof redis.clients.jedis.exceptions.JedisDataException) {
                return false;
            }
            if (cause instanceof JedisException || cause instanceof java.net.SocketException) {
                return true;
            }
        }
        return false;
    }
}
