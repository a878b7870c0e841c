package io.thoughtbus.server.web;

import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A refusal on its way to the caller. */
public class ProblemException extends RuntimeException {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ProblemType type;
    private final @Nullable String field;
    private final Duration retryAfter;

    /** A refusal that no single field is to blame for. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, null, SOON, null);
    }

    /** A refusal because of one field. */
    public ProblemException(ProblemType type, String detail, String field) {
        this(type, detail, field, SOON, null);
    }

    /** A refusal because of something else that failed. */
    public ProblemException(ProblemType type, String detail, Throwable cause) {
        this(type, detail, null, SOON, cause);
    }

    /** A refusal because of one field, which the same request may not meet after this long. */
    public ProblemException(ProblemType type, String detail, String field, Duration retryAfter) {
        this(type, detail, field, retryAfter, null);
    }

    private ProblemException(
            ProblemType type, String detail, @Nullable String field, Duration retryAfter, @Nullable Throwable cause) {
        super(detail, cause);
        this.type = type;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    /** The refusal of a field's value, found at a path of the body. */
    public static ProblemException of(InvalidFieldException e, String path) {
        String field = path.isEmpty() || e.field().isEmpty() || e.field().startsWith("[")
                ? path + e.field()
                : path + "." + e.field();
        return new ProblemException(ProblemType.INVALID_FIELD, field + " " + e.expectation(), field, SOON, e);
    }

    /** The kind of refusal. */
    public ProblemType type() {
        return type;
    }

    /** How long to wait before the same request, if it may succeed later; whole seconds, at least one. */
    long retryAfterSeconds() {
        return Math.max(1, retryAfter.plusMillis(999).toSeconds());
    }

    /** The refusal as it travels. */
    public Problem toProblem() {
        return new Problem(type.urn(), type.title(), type.status(), String.valueOf(getMessage()), field, null);
    }
}
