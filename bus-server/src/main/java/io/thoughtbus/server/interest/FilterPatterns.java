package io.thoughtbus.server.interest;

import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import io.thoughtbus.protocol.InvalidFieldException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * The rules for regular expressions in filters. They take time linear in the text, but counted repetitions are
 * written out when they are compiled, so that a few nested ones would fill all memory.
 */
final class FilterPatterns {
    private static final double LARGEST = 20_000;
    private static final Pattern COUNT = Pattern.compile("\\{(\\d+)(?:,(\\d*))?}");

    private FilterPatterns() {}

    /**
     * Passes a filter whose patterns are literal, valid and small.
     *
     * @throws InvalidFieldException for any other
     */
    static void check(CelAbstractSyntaxTree filter) {
        CelNavigableAst.fromAst(filter)
                .getRoot()
                .allNodes()
                .map(node -> node.expr())
                .filter(expression -> expression.callOrDefault().function().equals("matches"))
                .map(FilterPatterns::pattern)
                .forEach(FilterPatterns::check);
    }

    private static String pattern(CelExpr call) {
        CelExpr last = call.call().args().get(call.call().args().size() - 1);
        if (last.getKind() != CelExpr.ExprKind.Kind.CONSTANT
                || last.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            throw new InvalidFieldException("filter", "must give the pattern of matches() as a literal text");
        }
        return last.constant().stringValue();
    }

    private static void check(String pattern) {
        if (pattern.length() * copies(pattern) > LARGEST) {
            throw new InvalidFieldException("filter", "must repeat less in the pattern " + pattern);
        }
        try {
            com.google.re2j.Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new InvalidFieldException("filter", "must hold valid patterns: " + e.getMessage());
        }
    }

    /** At most how often a part of the pattern is written out; where no group is repeated, counts cannot nest. */
    private static double copies(String pattern) {
        boolean nested = pattern.contains("){") || pattern.contains("\\Q");
        DoubleStream counts = COUNT.matcher(pattern)
                .results()
                .mapToDouble(FilterPatterns::count)
                .filter(count -> count > 1);
        return nested ? counts.reduce(1, (a, b) -> a * b) : counts.reduce(1, Double::sum);
    }

    private static double count(MatchResult repetition) {
        String most = repetition.group(2);
        return Double.parseDouble(most == null || most.isEmpty() ? repetition.group(1) : most);
    }
}
