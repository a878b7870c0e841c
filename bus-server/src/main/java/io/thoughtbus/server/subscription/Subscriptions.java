package io.thoughtbus.server.subscription;

import io.thoughtbus.protocol.Outlook;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.SubscriptionState;
import io.thoughtbus.protocol.Taught;
import io.thoughtbus.protocol.TestFailure;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestCompiler;
import io.thoughtbus.server.interest.InterestNotes;
import io.thoughtbus.server.interest.LearnedPart;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.judge.BoundedJudge;
import io.thoughtbus.server.outlook.Outlooks;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Declares, changes and deletes subscriptions, one caller at a time for each. */
@Component
public final class Subscriptions {
    private static final int MOST_TOLD = 5;
    private static final int MOST_ATTEMPTS = 5;

    private final Namespaces namespaces;
    private final SubscriptionRegistry registry;
    private final SubscriptionLock lock;
    private final InterestCompiler compiler;
    private final InterestRenewal renewal;
    private final Versions versions;
    private final Outlooks outlooks;
    private final RedisLearners learners;
    private final BoundedJudge secondStage;

    Subscriptions(
            Namespaces namespaces,
            SubscriptionRegistry registry,
            SubscriptionLock lock,
            InterestCompiler compiler,
            InterestRenewal renewal,
            Versions versions,
            Outlooks outlooks,
            RedisLearners learners,
            BoundedJudge secondStage) {
        this.namespaces = namespaces;
        this.registry = registry;
        this.lock = lock;
        this.compiler = compiler;
        this.renewal = renewal;
        this.versions = versions;
        this.outlooks = outlooks;
        this.learners = learners;
        this.secondStage = secondStage;
    }

    /**
     * Declares a subscription or changes it; the same declaration again changes nothing.
     *
     * @param force also if it fails its own tests
     * @return the subscription in force: every fact accepted from now on is decided by it
     */
    public Declared put(String namespace, String id, SubscriptionDraft draft, boolean force) {
        return inForce(namespace, id, draft).orElseGet(() -> change(namespace, id, draft, force));
    }

    private Declared change(String namespace, String id, SubscriptionDraft draft, boolean force) {
        secondStage.requireFor(draft);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Taught taught = kept(namespace, id, draft);
            Next next = compile(namespace, id, draft, taught, force);
            Optional<Declared> declared = lock.whileHeld(
                    namespace,
                    id,
                    () -> inForce(namespace, id, draft)
                            .or(() -> kept(namespace, id, draft).equals(taught)
                                    ? Optional.of(bring(namespace, next, registry.find(namespace, id)))
                                    : Optional.empty()));
            if (declared.isPresent()) {
                return declared.get();
            }
        }
        throw new ProblemException(
                ProblemType.SUBSCRIPTION_BUSY, "the subscription " + id + " is learning; declare it again");
    }

    /** What verdicts have taught a subscription, if it still learns by itself. */
    private Taught kept(String namespace, String id, SubscriptionDraft draft) {
        return draft.learnsByItself()
                ? registry.find(namespace, id).map(StoredSubscription::taught).orElse(Taught.NOTHING)
                : Taught.NOTHING;
    }

    /**
     * Makes a version of what is declared and what its verdicts have taught, and, where there is nothing but a text, of what
     * the namespace's facts teach.
     *
     * @param known the subscription as it was when this was found out; if it has changed since, nothing is done
     * @return whether there is a new version
     * @param force also if it fails the subscription's own tests
     * @throws ProblemException if it fails them and is not forced; then nothing is done
     */
    public boolean relearn(String namespace, StoredSubscription known, Taught taught, boolean force) {
        Next next = compile(namespace, known.id(), known.draft(), taught, force);
        return lock.whileHeld(namespace, known.id(), () -> {
            Optional<StoredSubscription> before = registry.find(namespace, known.id());
            boolean isAsKnown = before.filter(now -> now.revision() == known.revision())
                    .filter(now -> versions.isInForce(now, known.draft()))
                    .isPresent();
            if (!isAsKnown || next.isLike(known)) {
                return false;
            }
            bring(namespace, next, before);
            return true;
        });
    }

    /** Whether a subscription's interest is that of its text and nothing else. */
    public boolean knowsTextAlone(StoredSubscription subscription) {
        return compiler.isOfTextAlone(subscription.whole(), subscription.learned());
    }

    private Next compile(String namespace, String id, SubscriptionDraft draft, Taught taught, boolean force) {
        SubscriptionDraft whole =
                taught.teachesNothing() ? draft : draft.withInterest(taught.addedTo(draft.interest()));
        CompiledInterest compiled = compiler.compile(namespace, id, whole).doubtingAs(draft);
        List<TestFailure> failures = outlooks.failures(draft, compiled);
        if (!failures.isEmpty() && !force) {
            throw new ProblemException(ProblemType.TESTS_FAILED, refusal(failures), "tests");
        }
        namespaces.open(namespace);
        Outlook outlook = outlooks.outlook(namespace, id, whole, compiled);
        return new Next(draft, taught, compiled, outlook, notes(draft, compiled, failures));
    }

    private Declared bring(String namespace, Next next, Optional<StoredSubscription> before) {
        StoredSubscription declared = versions.declare(
                namespace,
                next.compiled().subscription(),
                next.draft(),
                next.taught(),
                before,
                next.compiled(),
                next.outlook(),
                next.notes());
        learners.taught(namespace, declared.id(), next.taught().allFacts());
        registry.save(namespace, declared);
        return new Declared(activate(namespace, declared, next.compiled()), before.isEmpty());
    }

    private List<String> notes(SubscriptionDraft draft, CompiledInterest compiled, List<TestFailure> failures) {
        List<String> notes = new ArrayList<>(InterestNotes.on(draft.interest()));
        notes.addAll(told(compiler.ownStopped(draft, compiled).entrySet().stream()
                .map(own -> "the guard stops " + TestFailure.quoted(own.getKey()) + ", which should wake, as "
                        + own.getValue().meaning())
                .toList()));
        notes.addAll(
                told(failures.stream().map(failure -> "test failed: " + failure).toList()));
        return notes;
    }

    /** The first of some lines, and how many more there are. */
    private static List<String> told(List<String> lines) {
        return lines.size() <= MOST_TOLD
                ? lines
                : Stream.concat(
                                lines.stream().limit(MOST_TOLD),
                                Stream.of("and " + (lines.size() - MOST_TOLD) + " more of this kind"))
                        .toList();
    }

    private static String refusal(List<TestFailure> failures) {
        return failures.size() + (failures.size() == 1 ? " test fails: " : " tests fail: ")
                + String.join(
                        "; ", told(failures.stream().map(TestFailure::toString).toList()))
                + ". Change the interest, or declare it with ?force=true";
    }

    private Optional<Declared> inForce(String namespace, String id, SubscriptionDraft draft) {
        return registry.find(namespace, id)
                .filter(current -> versions.isInForce(current, draft))
                .map(current -> new Declared(current, false));
    }

    /** Finishes a declaration that was stored and did not become active, if it still has not. */
    void finish(String namespace, String id) {
        lock.whileHeld(
                namespace,
                id,
                () -> registry.find(namespace, id)
                        .filter(subscription -> subscription.state() == SubscriptionState.ACTIVATING)
                        .map(subscription ->
                                activate(namespace, subscription, renewal.compile(namespace, subscription))));
    }

    /** Deletes a subscription with everything that belongs to it; whether there was one. */
    public boolean delete(String namespace, String id) {
        return lock.whileHeld(namespace, id, () -> {
            Optional<StoredSubscription> found = registry.find(namespace, id);
            found.ifPresent(subscription -> {
                compiler.forget(namespace, id);
                learners.forget(namespace, id);
                versions.remove(namespace, subscription);
                registry.delete(namespace, id);
            });
            return found.isPresent();
        });
    }

    /** A subscription that must be there. */
    public StoredSubscription require(String namespace, String id) {
        return registry.find(namespace, id).orElseThrow(() -> notFound(id));
    }

    /** The refusal for a subscription that is not there. */
    public static ProblemException notFound(String id) {
        return new ProblemException(ProblemType.SUBSCRIPTION_NOT_FOUND, "there is no subscription " + id);
    }

    private StoredSubscription activate(String namespace, StoredSubscription declared, CompiledInterest compiled) {
        StoredSubscription active = versions.activate(namespace, declared, compiled);
        compiler.keep(namespace, declared.id(), declared.whole());
        learners.note(namespace, declared.id(), declared.draft().learnsByItself());
        registry.save(namespace, active);
        return active;
    }

    private record Next(
            SubscriptionDraft draft, Taught taught, CompiledInterest compiled, Outlook outlook, List<String> notes) {
        boolean isLike(StoredSubscription known) {
            return taught.equals(known.taught())
                    && compiled.threshold() == known.threshold()
                    && LearnedPart.of(compiled).equals(known.parts())
                    && Objects.equals(InterestCompiler.learned(draft, compiled), known.learned());
        }
    }

    /**
     * What became of a declaration.
     *
     * @param subscription in force
     * @param isNew whether there was none of that id before
     */
    public record Declared(StoredSubscription subscription, boolean isNew) {}
}
