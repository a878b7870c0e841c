package io.thoughtbus.protocol;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a subscription that learns by itself was taught by verdicts, beside what was declared.
 *
 * @param lessons at most 200 that should wake and 200 that should not
 */
public record Taught(List<Lesson> lessons) {
    /** Nothing yet. */
    public static final Taught NOTHING = new Taught(List.of());

    public Taught {
        lessons = lessons == null ? List.of() : List.copyOf(lessons);
    }

    /**
     * A text that was judged.
     *
     * @param relevant whether it should wake
     * @param facts those that said it, one or more
     */
    public record Lesson(String text, boolean relevant, List<FactId> facts) {
        public Lesson {
            facts = List.copyOf(facts);
        }
    }

    /** Whether nothing was taught. */
    public boolean teachesNothing() {
        return lessons.isEmpty();
    }

    /** All facts that taught something. */
    public List<FactId> allFacts() {
        return lessons.stream().flatMap(lesson -> lesson.facts().stream()).toList();
    }

    /** The same without what only these facts said. */
    public Taught without(Collection<FactId> facts) {
        return new Taught(lessons.stream()
                .map(lesson -> new Lesson(
                        lesson.text(),
                        lesson.relevant(),
                        lesson.facts().stream()
                                .filter(fact -> !facts.contains(fact))
                                .toList()))
                .filter(lesson -> !lesson.facts().isEmpty())
                .toList());
    }

    /** An interest with what was taught, as far as there is room; what is declared otherwise stays as declared. */
    public Interest addedTo(Interest declared) {
        return new Interest(
                declared.text(),
                more(declared.examples(), true, declared),
                more(declared.counterexamples(), false, declared));
    }

    private List<String> more(List<String> known, boolean relevant, Interest declared) {
        Stream<String> taught = lessons.stream()
                .filter(lesson -> lesson.relevant() == relevant)
                .map(Lesson::text)
                .filter(text -> !declared.positives().contains(text)
                        && !declared.counterexamples().contains(text))
                .limit(Math.max(0, Limits.EXAMPLES - known.size()));
        return Stream.concat(known.stream(), taught).toList();
    }
}
