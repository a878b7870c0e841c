package io.thoughtbus.server.redis;

/** A Redis that the bus cannot or must not work with: says what is wrong, and what to change. */
public final class UnsuitableRedisException extends RuntimeException {
    private final String remedy;

    /** A Redis with which something is wrong, and what to change. */
    public UnsuitableRedisException(String wrong, String remedy) {
        super(wrong);
        this.remedy = remedy;
    }

    UnsuitableRedisException(String wrong, String remedy, Throwable cause) {
        super(wrong, cause);
        this.remedy = remedy;
    }

    /** What to change so that it works. */
    public String remedy() {
        return remedy;
    }
}
