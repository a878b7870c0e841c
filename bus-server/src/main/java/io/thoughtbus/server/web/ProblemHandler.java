package io.thoughtbus.server.web;

import io.thoughtbus.embeddings.EmbedderBusyException;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import tools.jackson.core.JacksonException;

/** Answers every failure of a request with a problem that says what was wrong and what to do. */
@RestControllerAdvice
final class ProblemHandler extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    ResponseEntity<Object> refused(ProblemException e) {
        return answer(e);
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidFieldException e) {
        return answer(ProblemException.of(e, ""));
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(JacksonException e) {
        return answer(JsonProblems.of(e));
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(BodyTooLargeException e) {
        return answer(e.toProblem());
    }

    @ExceptionHandler
    ResponseEntity<Object> busy(EmbedderBusyException e) {
        return answer(refusal(e));
    }

    @ExceptionHandler
    ResponseEntity<Object> redis(JedisException e, HttpServletResponse response) {
        requireUntold(response, e);
        return answer(RedisProblems.of(e));
    }

    @ExceptionHandler
    ResponseEntity<Object> registry(DataAccessException e) {
        return answer(RedisProblems.of(e));
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unexpected(Exception e, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        requireUntold(response, e);
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return answer(problem);
            }
            if (cause instanceof JedisConnectionException redis) {
                return answer(RedisProblems.of(redis));
            }
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return answer(new ProblemException(
                ProblemType.INTERNAL, "the request failed for a reason that is the bus' own; its log tells more"));
    }

    /** What has been told in part breaks off, so that nobody takes it for the whole. */
    private static <E extends Exception> void requireUntold(HttpServletResponse response, E e) throws E {
        if (response.isCommitted()) {
            throw e;
        }
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException unreadable) {
                return answer(JsonProblems.of(unreadable));
            }
            if (cause instanceof BodyTooLargeException large) {
                return answer(large.toProblem());
            }
        }
        return answer(new ProblemException(ProblemType.MALFORMED_JSON, "a JSON body is required"));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(new ProblemException(
                ProblemType.INVALID_FIELD, e.getParameterName() + " is required", e.getParameterName()));
    }

    @ExceptionHandler
    ResponseEntity<Object> wrongType(MethodArgumentTypeMismatchException e) {
        Class<?> type = e.getRequiredType();
        return answer(new ProblemException(
                ProblemType.INVALID_FIELD,
                e.getName() + " must be a "
                        + (type == null ? "valid value" : type.getSimpleName().toLowerCase(Locale.ROOT)),
                e.getName()));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemType type = switch (status.value()) {
            case 404 -> ProblemType.NO_SUCH_RESOURCE;
            case 405 -> ProblemType.METHOD_NOT_ALLOWED;
            case 406 -> ProblemType.NOT_ACCEPTABLE;
            case 413 -> ProblemType.TOO_LARGE;
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            default -> status.is4xxClientError() ? ProblemType.MALFORMED_REQUEST : ProblemType.INTERNAL;
        };
        if (type == ProblemType.INTERNAL) {
            log.error("a request failed", e);
        }
        ResponseEntity<Object> answer = answer(new ProblemException(type, "see /v3/api-docs for what is offered"));
        HttpHeaders all = new HttpHeaders(headers);
        all.putAll(answer.getHeaders());
        return new ResponseEntity<>(answer.getBody(), all, answer.getStatusCode());
    }

    private static ResponseEntity<Object> answer(ProblemException e) {
        return answer(e, e.toProblem());
    }

    static ProblemException refusal(RuntimeException e) {
        if (e instanceof EmbedderBusyException) {
            return new ProblemException(ProblemType.EMBEDDER_BUSY, "try again in a moment");
        }
        if (e instanceof JedisException || e instanceof DataAccessException) {
            return RedisProblems.of(e);
        }
        log.error("a request failed in the middle of its answer", e);
        return new ProblemException(
                ProblemType.INTERNAL, "the request failed for a reason that is the bus' own; its log tells more");
    }

    static ResponseEntity<Object> answer(ProblemException e, Problem problem) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (e.type().isTransient()) {
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(e.retryAfterSeconds()));
        }
        return answer.body(problem);
    }
}
