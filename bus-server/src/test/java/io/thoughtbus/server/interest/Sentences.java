package io.thoughtbus.server.interest;

import java.util.ArrayList;
import java.util.List;

/** Facts and interests in plain words, composed so that some lie very near to each other. */
final class Sentences {
    private static final List<String> WHO = List.of(
            "User 17",
            "The customer",
            "A new supplier",
            "The warehouse in Lyon",
            "Nobody",
            "Our best client",
            "The courier");

    private static final List<String> WHAT = List.of(
            "serves in the military",
            "has left the army",
            "cancelled the order",
            "paid the invoice two weeks late",
            "asks for a refund",
            "reports a broken display",
            "moved to another country",
            "complains about the noise",
            "wants to talk to a human",
            "has changed the password",
            "delivered the parcel to the wrong door",
            "signed the contract",
            "did not sign the contract",
            "is out of stock",
            "caught fire",
            "celebrates a birthday",
            "lost the credit card",
            "upgraded to the yearly plan",
            "may become a member of the armed forces",
            "praises the support team");

    private static final List<String> WHEN = List.of("", " today", " since last week");

    private Sentences() {}

    /** Some hundred facts. */
    static List<String> facts() {
        List<String> facts = new ArrayList<>();
        for (int who = 0; who < WHO.size(); who++) {
            for (int what = 0; what < WHAT.size(); what++) {
                facts.add(WHO.get(who) + " " + WHAT.get(what) + WHEN.get((who + what) % WHEN.size()) + ".");
            }
        }
        return facts;
    }

    /** What subscribers may be interested in. */
    static List<String> interests() {
        return List.of(
                "a customer is a member of the armed forces",
                "somebody is angry about a delivery",
                "a payment is overdue",
                "money should be paid back",
                "a device is damaged",
                "somebody's address changes",
                "a conversation must be handed to an agent",
                "an account may have been taken over",
                "a contract comes into being",
                "goods cannot be delivered",
                "danger to life",
                "a reason to congratulate",
                "a card must be blocked",
                "somebody pays more than before",
                "praise",
                "an order is cancelled",
                "User 17 serves in the military.",
                "The customer asks for a refund today.",
                "anything at all",
                "the weather");
    }
}
