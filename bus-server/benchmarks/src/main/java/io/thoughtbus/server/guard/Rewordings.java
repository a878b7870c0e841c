package io.thoughtbus.server.guard;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes plain denials, and plain statements about somebody else, of plain statements, by a few rules of English. */
final class Rewordings {
    private static final Pattern CUE = Pattern.compile(
            "(?i)\\b(not|no|never|none|nobody|nothing|without|cannot|if|might|may|would|could|used to|former|formerly)\\b"
                    + "|n[’']t\\b");
    private static final Pattern BE = Pattern.compile("\\b(is|are|was|were|am|can|will|should)\\b");
    private static final Pattern HAVE = Pattern.compile("\\b(has|have) (a|an|the|his|her|their|my|our|\\d+)\\b");
    private static final Pattern HAVE_DONE = Pattern.compile("\\b(has|have|had) (?=\\w+(?:ed|en|wn|ne|lt|nt|ld)\\b)");
    private static final Pattern DOES = Pattern.compile(
            "\\b(serve|belong|play|own|live|work|speak|smoke|hold|want|need|use|drive|rent|pay|run|sing|keep|teach|attend"
                    + "|wear|eat|drink|take|suffer|ride|ask|know|like|come|go|arrive|start|leave|stop|open|close)s\\b");
    private static final Pattern SOMEBODY = Pattern.compile(
            "^((?:User|Customer|Client|Patient|Guest|Employee|Member|Driver|Passenger|Student|Tenant) \\d+"
                    + "|(?:Mr|Mrs|Ms|Dr) [A-Z]\\w+|Anna|Ben|Tom|Karin|Lena)(?= )");
    private static final List<String> RELATIONS = List.of(
            "brother", "sister", "neighbour", "father", "mother", "friend", "colleague", "son", "daughter", "boss");

    private static final int MOST_WORDS = 10;

    private Rewordings() {}

    /** A denial of a statement; the number chooses between short and long forms. */
    static Optional<String> denied(String text, int number) {
        if (!isPlain(text)) {
            return Optional.empty();
        }
        boolean isShort = number % 3 == 0;
        return first(BE, text, be -> isShort && !be.group().matches("am|can|will") ? "$1n't" : "$1 not")
                .or(() -> first(
                        HAVE,
                        text,
                        have -> have.group(1).equals("has")
                                ? (isShort ? "doesn't have $2" : "does not have $2")
                                : "do not have $2"))
                .or(() -> first(HAVE_DONE, text, have -> number % 2 == 0 ? "$1 not " : "$1 never "))
                .or(() -> first(
                        DOES, text, does -> number % 2 == 0 ? "does not $1" : isShort ? "doesn't $1" : "never $1s"));
    }

    /** The same of somebody else. */
    static Optional<String> ofSomebodyElse(String text, int number) {
        Matcher somebody = SOMEBODY.matcher(text);
        String relation = RELATIONS.get(number % RELATIONS.size());
        if (!isPlain(text) || !somebody.find()) {
            return Optional.empty();
        }
        String name = somebody.group(1);
        String called = name.matches(".* \\d+") ? name.toLowerCase(Locale.ROOT) : name;
        return Optional.of((number % 2 == 0
                        ? "The " + relation + " of " + called
                        : called.substring(0, 1).toUpperCase(Locale.ROOT) + called.substring(1) + "'s " + relation)
                + text.substring(somebody.end()));
    }

    /** Whether a text is short, of one clause, and without a word of denial, supposition or memory. */
    static boolean isPlain(String text) {
        return text.split(" ").length <= MOST_WORDS
                && !text.matches(".*[,;:=?].*")
                && !CUE.matcher(text).find();
    }

    private static Optional<String> first(Pattern pattern, String text, Function<Matcher, String> by) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find() || matcher.start() == 0) {
            return Optional.empty();
        }
        StringBuilder reworded = new StringBuilder();
        matcher.appendReplacement(reworded, by.apply(matcher));
        matcher.appendTail(reworded);
        return Optional.of(reworded.toString());
    }
}
