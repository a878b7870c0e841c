package io.thoughtbus.server.web;

import io.thoughtbus.protocol.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns what Jackson says about a body into a refusal that its author understands. */
public final class JsonProblems {
    private JsonProblems() {}

    /** The refusal for a body that could not be read. */
    public static ProblemException of(JacksonException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLargeException large) {
                return large.toProblem();
            }
            if (cause instanceof InvalidFieldException invalid) {
                return ProblemException.of(invalid, path(e));
            }
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return unknownField(unknown);
        }
        if (e instanceof MismatchedInputException mismatch) {
            return String.valueOf(e.getOriginalMessage()).startsWith("Trailing token")
                    ? new ProblemException(ProblemType.MALFORMED_JSON, "the body goes on after its end")
                    : invalid(e, "must be " + expected(mismatch.getTargetType()));
        }
        if (e instanceof InputCoercionException) {
            return invalid(e, "must be a number that its type can hold");
        }
        if (e instanceof StreamConstraintsException) {
            return new ProblemException(
                    ProblemType.MALFORMED_JSON,
                    "the body is nested too deeply or holds too long a name, number or text");
        }
        if (e instanceof StreamReadException) {
            return new ProblemException(
                    ProblemType.MALFORMED_JSON, "the body is not well-formed JSON" + place(e.getLocation()));
        }
        return new ProblemException(ProblemType.MALFORMED_JSON, "the body could not be read" + place(e.getLocation()));
    }

    private static ProblemException unknownField(UnrecognizedPropertyException e) {
        Collection<Object> known = e.getKnownPropertyIds();
        String names = known == null
                ? ""
                : "; known here: "
                        + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
        String field = path(e);
        return new ProblemException(ProblemType.UNKNOWN_FIELD, field + " is not a field of this body" + names, field);
    }

    private static ProblemException invalid(JacksonException e, String expectation) {
        String field = path(e);
        return field.isEmpty()
                ? new ProblemException(ProblemType.INVALID_FIELD, "the body " + expectation)
                : new ProblemException(ProblemType.INVALID_FIELD, field + " " + expectation, field);
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (type == Duration.class) {
            return "an ISO-8601 duration such as PT30S";
        }
        if (type == Instant.class) {
            return "an ISO-8601 instant such as 2026-11-23T10:15:30Z";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "an array";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : "a text";
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : e.getPath()) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
