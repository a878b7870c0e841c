package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal in the form of RFC 9457.
 *
 * @param type names the kind of problem, {@code urn:thought-bus:problem:<name>}
 * @param title the kind in a few words
 * @param status the HTTP status
 * @param detail what was expected, what was there and what to do
 * @param field the offending field, if one is to blame
 * @param errors the problems of the single elements, where every element of a list was refused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field,
        @Nullable List<Problem> errors) {}
