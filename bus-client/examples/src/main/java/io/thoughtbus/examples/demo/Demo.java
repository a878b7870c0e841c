package io.thoughtbus.examples.demo;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.examples.Cart;
import io.thoughtbus.examples.DiscountAgent;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Wake;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Plays the scene: publishers state facts, agents that nobody told about each other wake, a cart becomes cheaper, and
 * an audit replays it all.
 */
public final class Demo {
    private static final String NAMESPACE = "demo";
    private static final String CUSTOMER = "user-123";
    private static final long PACE_MILLIS = 25;

    private final URI bus;
    private final Terminal terminal;
    private final Script script = Script.load();
    private final Witness witness = new Witness();
    private final Cart cart = new Cart(CUSTOMER)
            .add("two-person tent", 18_900)
            .add("sleeping bag", 7_950)
            .add("camp stove", 4_550);
    private final List<ThoughtBus> agents = new ArrayList<>();
    private final Map<String, ThoughtBus> publishers = new HashMap<>();

    private Demo(String uri, Terminal terminal) {
        this.bus = URI.create(uri + "/" + NAMESPACE);
        this.terminal = terminal;
    }

    /**
     * Plays the scene once; the arguments are the bus, such as {@code http://localhost:8080}, the terminal's width or a
     * hyphen, and {@code tty} if it is one. Ends with 1 if the audit finds a difference.
     */
    public static void main(String[] arguments) throws InterruptedException {
        Terminal terminal = Terminal.of(arguments[1], arguments.length > 2 && arguments[2].equals("tty"));
        boolean same = new Demo(arguments[0], terminal).play();
        System.exit(same ? 0 : 1);
    }

    private boolean play() throws InterruptedException {
        try {
            subscribe();
            terminal.heading("The cart of " + CUSTOMER + " before");
            showCart();
            List<FactId> published = publish();
            AuditScene audit = new AuditScene(bus, script, witness, terminal);
            boolean complete = audit.awaitWakes(published.get(0));
            terminal.heading("The cart of " + CUSTOMER + " after");
            showCart();
            summary(published.size());
            return audit.play(published.get(0)) && complete && cart.percentOff() == 10;
        } finally {
            agents.parallelStream().forEach(ThoughtBus::close);
            publishers.values().forEach(ThoughtBus::close);
        }
    }

    private void subscribe() {
        terminal.heading("Agents say in their own words what they care about");
        int room = terminal.width() - 34;
        for (Script.Role role : script.roles()) {
            String interest =
                    '"' + role.interest().text() + '"' + (role.filter() == null ? "" : " and " + role.filter());
            terminal.line(String.format(
                    Locale.ROOT,
                    "  %s  %s  %s %.2f",
                    terminal.cyan(terminal.fit(role.subscriber(), 18)),
                    terminal.fit(interest, room),
                    terminal.symbol("≥", ">="),
                    role.threshold()));
            ThoughtBus agent = ThoughtBus.connect(bus);
            agents.add(agent);
            if (role.subscriber().equals("discount-agent")) {
                DiscountAgent discounts = new DiscountAgent(Map.of(CUSTOMER, cart));
                agent.subscribe(role.id(), DiscountAgent.interest(), wake -> {
                    Verdict verdict = discounts.grant(wake);
                    witness.saw(role.id(), wake);
                    return verdict;
                });
            } else {
                agent.subscribe(role.id(), role.draft(), wake -> {
                    witness.saw(role.id(), wake);
                    return Verdict.done();
                });
            }
        }
    }

    private List<FactId> publish() throws InterruptedException {
        terminal.heading(script.facts().size() + " facts from agents who know of no subscriber");
        List<FactId> published = new ArrayList<>();
        for (FactDraft fact : script.facts()) {
            String publisher = String.valueOf(fact.publisher());
            ThoughtBus agent = publishers.computeIfAbsent(
                    publisher, name -> ThoughtBus.builder(bus).publisher(name).connect());
            FactId id = agent.publish(fact).id();
            published.add(id);
            TimeUnit.MILLISECONDS.sleep(PACE_MILLIS);
            show(fact, id);
        }
        return published;
    }

    private void show(FactDraft fact, FactId id) {
        String stance = Script.stance(fact);
        String text = terminal.fit(fact.text(), terminal.width() - 36);
        boolean woke = witness.wakesBy(id) > 0;
        terminal.line("  " + terminal.dim(terminal.fit(String.valueOf(fact.publisher()), 17)) + " "
                + (woke ? text : terminal.dim(text)) + " " + terminal.yellow(stance));
        for (Script.Role role : script.roles()) {
            for (Wake wake : witness.wakes(role.id())) {
                if (wake.fact().id().equals(id)) {
                    showWake(role, wake);
                }
            }
        }
    }

    private void showWake(Script.Role role, Wake wake) {
        String effect = role.subscriber().equals("discount-agent")
                        && CUSTOMER.equals(wake.fact().subject())
                ? terminal.bold(terminal.green("  10 % off the cart of " + CUSTOMER))
                : "";
        terminal.line(String.format(
                Locale.ROOT,
                "  %s%s %s %s%.3f %s %.2f%s",
                " ".repeat(18),
                terminal.green(terminal.symbol("└─", "+-")),
                "wakes",
                terminal.cyan(terminal.fit(role.subscriber(), 20)),
                wake.score(),
                terminal.symbol("≥", ">="),
                wake.threshold(),
                effect));
    }

    private void showCart() {
        cart.items().forEach((item, cents) -> price(item, cents));
        if (cart.percentOff() > 0) {
            long full =
                    cart.items().values().stream().mapToLong(Long::longValue).sum();
            price(cart.percentOff() + " % off for those who serve", cart.total() - full);
        }
        terminal.line(terminal.bold(String.format(Locale.ROOT, "  %-32s %10.2f", "to pay", cart.total() / 100.0)));
    }

    private void price(String what, long cents) {
        terminal.line(String.format(Locale.ROOT, "  %-32s %10.2f", what, cents / 100.0));
    }

    private void summary(int facts) {
        long wakes = script.roles().stream()
                .mapToLong(role -> witness.facts(role.id()).size())
                .sum();
        long stances = script.roles().stream()
                .flatMap(role -> witness.wakes(role.id()).stream())
                .filter(wake -> wake.fact().attributes().containsKey("stance"))
                .count();
        terminal.blank();
        terminal.line("  " + facts + " facts, " + wakes + " wakes. " + stances
                + " of them for facts that are negated, past or hypothetical,");
        terminal.line(
                "  which embeddings hardly tell from facts that hold: the guard stopped the others. See docs/matching.md.");
    }
}
