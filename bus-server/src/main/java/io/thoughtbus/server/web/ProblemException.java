package io.thoughtbus.server.web;

import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.Problem;
import org.jspecify.annotations.Nullable;

/** A refusal on its way to the caller. */
public final class ProblemException extends RuntimeException {
    private final ProblemType type;
    private final @Nullable String field;

    /** A refusal that no single field is to blame for. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, null, null);
    }

    /** A refusal because of one field. */
    public ProblemException(ProblemType type, String detail, String field) {
        this(type, detail, field, null);
    }

    /** A refusal because of something else that failed. */
    public ProblemException(ProblemType type, String detail, Throwable cause) {
        this(type, detail, null, cause);
    }

    private ProblemException(ProblemType type, String detail, @Nullable String field, @Nullable Throwable cause) {
        super(detail, cause);
        this.type = type;
        this.field = field;
    }

    /** The refusal of a field's value, found at a path of the body. */
    public static ProblemException of(InvalidFieldException e, String path) {
        String field = path.isEmpty() || e.field().isEmpty() || e.field().startsWith("[")
                ? path + e.field()
                : path + "." + e.field();
        return new ProblemException(ProblemType.INVALID_FIELD, field + " " + e.expectation(), field, e);
    }

    /** The kind of refusal. */
    public ProblemType type() {
        return type;
    }

    /** The refusal as it travels. */
    public Problem toProblem() {
        return new Problem(type.urn(), type.title(), type.status(), String.valueOf(getMessage()), field, null);
    }
}
