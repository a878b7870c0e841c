package io.thoughtbus.server.interest;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.thoughtbus.protocol.ClauseOutcome;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.InvalidFieldException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An exact condition on a fact in the Common Expression Language: over {@code attributes}, {@code subject},
 * {@code publisher} and {@code occurredAt}.
 */
public final class Filter {
    private static final int MOST_ITERATIONS = 1000;
    private static final Pattern READ = Pattern.compile("\\battributes\\.\\w+|\\b(?:subject|publisher|occurredAt)\\b");

    private static final CelOptions OPTIONS = CelOptions.current()
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("attributes", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar("subject", SimpleType.STRING)
            .addVar("publisher", SimpleType.STRING)
            .addVar("occurredAt", SimpleType.TIMESTAMP)
            .build();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

    private final String expression;
    private final CelRuntime.Program program;

    private Filter(String expression, CelRuntime.Program program) {
        this.expression = expression;
        this.program = program;
    }

    /**
     * The filter that an expression means.
     *
     * @throws InvalidFieldException if it does not compile or is no condition
     */
    public static Filter compile(String expression) {
        try {
            CelAbstractSyntaxTree tree = COMPILER.compile(expression).getAst();
            if (!tree.getResultType().equals(SimpleType.BOOL)) {
                throw new InvalidFieldException(
                        "filter",
                        "must be true or false for every fact but is of type "
                                + tree.getResultType().name()
                                + "; compare it with something, as in attributes.amount > 100");
            }
            FilterPatterns.check(tree);
            return new Filter(expression, RUNTIME.createProgram(tree));
        } catch (CelValidationException e) {
            throw new InvalidFieldException("filter", "must be a condition in CEL: " + e.getMessage());
        } catch (CelEvaluationException e) {
            throw new InvalidFieldException("filter", "must be a condition in CEL that can run: " + e.getMessage());
        }
    }

    /** The expression it was compiled from. */
    public String expression() {
        return expression;
    }

    /** What it says about a fact. What the fact lacks is a reason not to pass. */
    public FilterOutcome test(Fact fact) {
        Map<String, Object> values = new HashMap<>();
        values.put("attributes", fact.attributes());
        values.put("publisher", fact.publisher());
        values.put("occurredAt", fact.occurredAt());
        if (fact.subject() != null) {
            values.put("subject", fact.subject());
        }
        try {
            return Boolean.TRUE.equals(program.eval(values))
                    ? FilterOutcome.PASSED
                    : new FilterOutcome(false, "the filter is false for this fact");
        } catch (CelEvaluationException e) {
            return new FilterOutcome(false, reason(fact, e));
        }
    }

    /** What each part of it says that must pass by itself; of a filter with a part that is none by itself, the whole. */
    public List<ClauseOutcome> clauses(Fact fact) {
        List<Filter> clauses = new ArrayList<>();
        try {
            FilterClauses.of(expression).forEach(clause -> clauses.add(compile(clause)));
        } catch (InvalidFieldException e) {
            clauses.clear();
            clauses.add(this);
        }
        return clauses.stream().map(clause -> clause.outcome(fact)).toList();
    }

    private ClauseOutcome outcome(Fact fact) {
        FilterOutcome outcome = test(fact);
        return new ClauseOutcome(expression, outcome.passes(), values(expression, fact), outcome.reason());
    }

    private static Map<String, Object> values(String clause, Fact fact) {
        Map<String, Object> values = new HashMap<>();
        READ.matcher(clause).results().map(MatchResult::group).forEach(name -> {
            Object value = switch (name) {
                case "subject" -> fact.subject();
                case "publisher" -> fact.publisher();
                case "occurredAt" -> fact.occurredAt().toString();
                default -> fact.attributes().get(name.substring("attributes.".length()));
            };
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    private static String reason(Fact fact, CelEvaluationException e) {
        String message = String.valueOf(e.getMessage());
        if (e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
            return fact.subject() == null && message.contains("No such attribute(s): subject")
                    ? "the fact has no subject, which the filter reads"
                    : "the fact lacks an attribute that the filter reads: " + message;
        }
        return "the filter cannot be evaluated for this fact: " + message;
    }
}
