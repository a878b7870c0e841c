package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some erasures, without the ids of what they erased.
 *
 * @param erasures the newest first
 * @param next what to give as {@code after} for the following page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErasurePage(List<Erasure> erasures, @Nullable String next) {
    public ErasurePage {
        erasures = List.copyOf(erasures);
    }
}
