package io.thoughtbus.server.interest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a filter into the parts that {@code &&} joins at its outermost level. */
final class FilterClauses {
    private FilterClauses() {}

    /** The parts in their order; the whole if something binds more loosely, or its strings are not of the plain kind. */
    static List<String> of(String expression) {
        List<String> clauses = new ArrayList<>();
        int depth = 0;
        int start = 0;
        @Nullable Character quote = null;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (quote != null) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = null;
                }
            } else if (isUncommon(expression, i)) {
                return List.of(expression);
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if (depth == 0 && (c == '?' || expression.startsWith("||", i))) {
                return List.of(expression);
            } else if (depth == 0 && expression.startsWith("&&", i)) {
                clauses.add(expression.substring(start, i).strip());
                start = i + 2;
            }
        }
        clauses.add(expression.substring(start).strip());
        return clauses;
    }

    /** Whether a comment begins here, or a string in three quotes or with a letter before it. */
    private static boolean isUncommon(String expression, int at) {
        boolean isQuote = "'\"".indexOf(expression.charAt(at)) >= 0;
        return expression.startsWith("//", at)
                || expression.startsWith("'''", at)
                || expression.startsWith("\"\"\"", at)
                || (isQuote && at > 0 && Character.isLetter(expression.charAt(at - 1)));
    }
}
