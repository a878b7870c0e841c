package io.thoughtbus.server.web;

import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers lists whose elements are accepted or refused one by one. */
public final class Batches {
    private Batches() {}

    /**
     * All accepted: the answers with the given status. Some refused: 207, with problems in the places of the refused.
     * All refused: the first problem, with the others beneath it.
     *
     * @param answers in the order of the list; a {@link ProblemException} for what was refused
     */
    public static ResponseEntity<Object> answer(List<?> answers, HttpStatus success) {
        long refused =
                answers.stream().filter(ProblemException.class::isInstance).count();
        if (refused == 0) {
            return ResponseEntity.status(success).body(answers);
        }
        if (refused == answers.size()) {
            return allRefused(answers.stream().map(ProblemException.class::cast).toList());
        }
        return ResponseEntity.status(HttpStatus.MULTI_STATUS)
                .body(answers.stream().map(Batches::body).toList());
    }

    /**
     * The elements of an array, each read for itself: values, and {@link ProblemException}s in the places of those that
     * are not allowed.
     */
    public static <T> List<Object> read(JsonMapper json, JsonNode body, Class<T> type, int most) {
        if (!body.isArray()) {
            throw new ProblemException(ProblemType.INVALID_FIELD, "the body must be an array");
        }
        Fields.within("the array's length", body.size(), 1, most);
        return body.values().stream().map(element -> read(json, element, type)).toList();
    }

    /** A value, or a {@link ProblemException} if it is not allowed. */
    public static <T> Object read(JsonMapper json, JsonNode element, Class<T> type) {
        try {
            return Objects.requireNonNull(json.treeToValue(element, type));
        } catch (JacksonException e) {
            return JsonProblems.of(e);
        } catch (NullPointerException e) {
            return new ProblemException(ProblemType.INVALID_FIELD, "an element must not be null");
        }
    }

    /** The elements with those of one type replaced by what a step makes of all of them together, in their places. */
    public static <T> List<Object> replace(List<?> elements, Class<T> type, Function<List<T>, List<?>> step) {
        List<T> chosen =
                elements.stream().filter(type::isInstance).map(type::cast).toList();
        if (chosen.isEmpty()) {
            return List.copyOf(elements);
        }
        Iterator<?> replacements = step.apply(chosen).iterator();
        List<Object> replaced = new ArrayList<>(elements);
        replaced.replaceAll(element -> type.isInstance(element) ? replacements.next() : element);
        return replaced;
    }

    /** An accepted element's answer, or a refused one's problem. */
    public static Object body(Object answer) {
        return answer instanceof ProblemException refused ? refused.toProblem() : answer;
    }

    /** The refusal for a failure that came in the middle of an answer. */
    public static ProblemException refusal(RuntimeException e) {
        return e instanceof ProblemException refused ? refused : ProblemHandler.refusal(e);
    }

    private static ResponseEntity<Object> allRefused(List<ProblemException> refusals) {
        Problem first = refusals.get(0).toProblem();
        List<Problem> each = IntStream.range(0, refusals.size())
                .mapToObj(i -> at(i, refusals.get(i).toProblem()))
                .toList();
        return ProblemHandler.answer(
                refusals.get(0),
                new Problem(
                        first.type(),
                        first.title(),
                        first.status(),
                        first.detail(),
                        each.get(0).field(),
                        each));
    }

    private static Problem at(int index, Problem problem) {
        String field = problem.field() == null || problem.field().isEmpty()
                ? "[" + index + "]"
                : "[" + index + "]." + problem.field();
        return new Problem(problem.type(), problem.title(), problem.status(), problem.detail(), field, null);
    }
}
