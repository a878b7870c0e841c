package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision rests on.
 *
 * @param words what each word of the fact carries, in their order: the score is asked for again without it
 * @param nearestExample of the interest's text and examples
 * @param partExamples the text and examples from which the part was learned that decides; none where the interest has one
 *     part
 * @param nearestCounterexample absent if it has none
 * @param clauses the parts of the filter that must all pass
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExplanationDetail(
        List<WordWeight> words,
        @Nullable Likeness nearestExample,
        @Nullable Likeness nearestCounterexample,
        List<ClauseOutcome> clauses,
        List<String> partExamples) {
    public ExplanationDetail {
        words = words == null ? List.of() : List.copyOf(words);
        partExamples = partExamples == null ? List.of() : List.copyOf(partExamples);
        clauses = clauses == null ? List.of() : List.copyOf(clauses);
    }
}
