package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * A choice of facts by their meaning.
 *
 * @param text what they should mean
 * @param threshold the lowest score that is near enough, -1 to 1
 */
public record About(String text, double threshold) {
    public About {
        Fields.text("text", text);
        Fields.within("threshold", threshold, -1, 1);
    }

    @JsonCreator
    static About of(String text, @Nullable Double threshold) {
        return new About(text, Fields.required("threshold", threshold));
    }
}
