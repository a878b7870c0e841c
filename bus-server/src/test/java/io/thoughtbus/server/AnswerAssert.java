package io.thoughtbus.server;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What tests say about answers. */
public final class AnswerAssert extends AbstractAssert<AnswerAssert, Answer> {
    private AnswerAssert(Answer answer) {
        super(answer, AnswerAssert.class);
    }

    /** Starts to say something about an answer. */
    public static AnswerAssert assertThat(Answer answer) {
        return new AnswerAssert(answer);
    }

    /** The answer has this status. */
    public AnswerAssert hasStatus(int status) {
        Assertions.assertThat(actual.status()).as(actual.toString()).isEqualTo(status);
        return this;
    }

    /** The answer is a refusal as RFC 9457 wants it, of this kind, that blames no field. */
    public AnswerAssert isProblem(int status, String kind) {
        return isProblem(status, kind, null);
    }

    /** The answer is a refusal as RFC 9457 wants it, of this kind, that blames this field. */
    public AnswerAssert isProblem(int status, String kind, @Nullable String field) {
        hasStatus(status);
        Assertions.assertThat(actual.header("Content-Type")).startsWith("application/problem+json");
        isProblem(actual.json(), status, kind, field);
        return this;
    }

    /** A part of an answer is a refusal of this kind that blames this field. */
    public static void isProblem(JsonNode problem, int status, String kind, @Nullable String field) {
        Assertions.assertThat(problem.path("type").asString())
                .as(problem.toString())
                .isEqualTo("urn:thought-bus:problem:" + kind);
        Assertions.assertThat(problem.path("title").asString()).isNotBlank();
        Assertions.assertThat(problem.path("detail").asString()).isNotBlank();
        Assertions.assertThat(problem.path("status").asInt()).isEqualTo(status);
        Assertions.assertThat(problem.has("field") ? problem.get("field").asString() : null)
                .as(problem.toString())
                .isEqualTo(field);
    }
}
